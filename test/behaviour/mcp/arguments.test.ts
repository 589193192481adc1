import { beforeEach, describe, expect, test } from 'vitest';
import { MCP_CLIENTS, type McpClient, type ToolResult } from '../../support/mcp-clients.ts';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const getProblem = (result: ToolResult) => result._meta?.['fleetbeat/problem'];

/** Ids that would change the URL if they were not encoded. */
const PATH_LIKE = [
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'current/..',
  '%2e%2e',
  '..%2f',
  '?state=all',
  '#',
  'a\\b',
  ' ',
  '/',
  '\0',
  'é',
];

describe.each(MCP_CLIENTS)('$kind', ({ connect }) => {
  let program: Awaited<ReturnType<TestServer['createProgram']>>;
  let client: McpClient;
  beforeEach(async () => {
    program = await server.createProgram();
    client = await connect(server.url, program.key);
    return () => client.close();
  });

  test('update_session and get_session default to the current session', async () => {
    await program.client.sessions.create({ name: 'Older' });
    const { sessionId } = await program.client.sessions.create({ name: 'Newer' });
    expect((await client.callTool('update_session', { status: 'Here' })).structuredContent).toMatchObject({
      sessionId,
    });
    expect((await client.callTool('get_session')).structuredContent).toMatchObject({ sessionId, status: 'Here' });
  });

  test('null for an optional path or query argument counts as omitted', async () => {
    const { sessionId } = await program.client.sessions.create({ name: 'Mine' });
    const own = { programId: program.programId };
    const read = await client.callTool('get_session', { sessionId: null });
    expect(read.structuredContent).toMatchObject({ sessionId });
    const nothing = { state: null, includeArchived: null, limit: null, cursor: null };
    const listed = await client.callTool('list_sessions', { ...own, ...nothing });
    expect(listed.structuredContent).toMatchObject({ sessions: [{ sessionId }], nextCursor: null });
    const written = await client.callTool('update_program_state', { ...own, ifMatch: null, config: {} });
    expect(written.structuredContent).toMatchObject({ version: 1 });
  });

  test('ifMatch guards a write: an outdated version is refused, with the current one', async () => {
    const { programId } = program;
    const write = (lastTask: string, ifMatch: string) =>
      client.callTool('update_program_state', { programId, ifMatch, contextSummary: { lastTask } });
    expect((await write('First', '"0"')).structuredContent).toMatchObject({ version: 1 });
    const refused = await write('Second', '"0"');
    expect(refused).toMatchObject({ isError: true });
    expect(getProblem(refused)).toMatchObject({ type: '/problems/version-mismatch', status: 412, currentVersion: 1 });
    expect(await program.client.state.read(programId)).toMatchObject({
      version: 1,
      contextSummary: { lastTask: 'First' },
    });
  });

  test.each(PATH_LIKE)('the id %j reaches no other operation and no other state', async (id) => {
    const { programId } = program;
    const { sessionId } = await program.client.sessions.create({ name: 'Mine', status: 'Untouched' });
    await program.client.state.update(programId, { contextSummary: { lastTask: 'Mine' } });
    const results = [
      await client.callTool('get_session', { sessionId: id }),
      await client.callTool('update_session', { sessionId: id, status: 'Overwritten' }),
      await client.callTool('get_program_state', { programId: id }),
      await client.callTool('update_program_state', { programId: id, contextSummary: { lastTask: 'Overwritten' } }),
      await client.callTool('create_session', { name: 'Overwritten', sessionId: id }),
      await client.callTool('list_sessions', { programId: id }),
    ];
    for (const result of results) {
      expect(result.isError).toBe(true);
      expect(getProblem(result)).toMatchObject({ status: 400, type: '/problems/invalid-request' });
    }
    expect(await program.client.sessions.get(sessionId)).toMatchObject({ status: 'Untouched', name: 'Mine' });
    expect(await program.client.state.read(programId)).toMatchObject({
      version: 1,
      contextSummary: { lastTask: 'Mine' },
    });
    expect((await program.client.sessions.list({ programId })).sessions).toHaveLength(1);
  });

  test("a program id in the arguments grants no access to another program's state", async () => {
    const other = await server.createProgram();
    await other.client.state.update(other.programId, { contextSummary: { lastTask: 'Theirs' } });
    const write = { programId: other.programId, contextSummary: { lastTask: 'Overwritten' } };
    expect(getProblem(await client.callTool('update_program_state', write))).toMatchObject({ status: 403 });
    expect(getProblem(await client.callTool('get_program_state', { programId: other.programId }))).toMatchObject({
      status: 403,
    });
    expect(await other.client.state.read(other.programId)).toMatchObject({ contextSummary: { lastTask: 'Theirs' } });
  });

  test('an id that is not a string is refused', async () => {
    for (const id of [7, true, ['current'], { id: 'current' }]) {
      expect(getProblem(await client.callTool('get_session', { sessionId: id }))).toMatchObject({ status: 400 });
      expect(getProblem(await client.callTool('get_program_state', { programId: id }))).toMatchObject({ status: 400 });
    }
    expect(getProblem(await client.callTool('get_program_state'))).toMatchObject({
      status: 400,
      errors: [{ pointer: '#/programId' }],
    });
  });
});
