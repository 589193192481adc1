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

  test('null for an optional argument counts as omitted, wherever the request has it', async () => {
    const nothing = { status: null, state: null, projectName: null, progress: null, contextBytes: null };
    const made = await client.callTool('create_session', { name: 'A', ...nothing });
    expect(made.structuredContent).toMatchObject({ status: null, state: 'working', progress: null });
    const booted = await client.callTool('boot_program', { name: 'B', state: null, maxTokens: null });
    expect(booted.structuredContent).toMatchObject({ session: { name: 'B', state: 'working' } });
  });

  test('null resets a field of the program state, and the schema says so', async () => {
    await client.callTool('update_program_state', {
      contextSummary: { lastTask: 'T' },
      config: { knownQuirks: ['q'] },
    });
    const given = { contextSummary: { lastTask: null }, config: null };
    expect((await client.callTool('update_program_state', given)).isError ?? false).toBe(false);
    expect(await program.client.state.read(program.programId)).toMatchObject({
      contextSummary: { lastTask: null },
      config: { knownQuirks: ['q'] },
    });
    const listed = (await client.listTools()).find(({ name }) => name === 'update_program_state');
    expect(listed).toMatchObject({
      inputSchema: { properties: { contextSummary: { properties: { lastTask: { nullable: true } } } } },
    });
  });

  test('numbers, booleans, objects and lists that came as text are taken', async () => {
    await client.callTool('create_session', { name: 'A', progress: '25' });
    const updated = await client.callTool('update_session', { status: 'S', progress: '75.5', lastHeartbeat: 'true' });
    expect(updated.structuredContent).toMatchObject({ progress: 75.5 });
    const contextSummary = JSON.stringify({ lastTask: 'T' }, null, 2);
    const learnedPatterns = JSON.stringify([{ id: 'p-1', domain: 'd', pattern: 'p' }]);
    const written = await client.callTool('update_program_state', { contextSummary, learnedPatterns });
    expect(written.structuredContent).toMatchObject({ version: 1, contextSummary: { lastTask: 'T' } });
    expect(await client.callTool('list_sessions', { limit: '5', includeArchived: 'false' })).not.toHaveProperty(
      'isError',
      true,
    );
  });

  test("programId may be omitted: it is the key's own", async () => {
    const { programId } = program;
    const booted = await client.callTool('boot_program', { name: 'A' });
    expect(booted.structuredContent).toMatchObject({ session: { programId } });
    const written = await client.callTool('update_program_state', { contextSummary: { lastTask: 'T' } });
    expect(written.structuredContent).toMatchObject({ programId, version: 1 });
    expect((await client.callTool('get_program_state')).structuredContent).toMatchObject({ programId });
    const admin = await connect(server.url, server.adminKey);
    const refused = await admin.callTool('get_program_state');
    expect(getProblem(refused)).toMatchObject({ status: 400, errors: [{ pointer: '#/programId' }] });
    await admin.close();
  });

  test('null for a path or query argument that has a default counts as omitted', async () => {
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
  });
});

test('arguments: null are none', async () => {
  const { key } = await server.createProgram();
  const answer = await fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'list_sessions', arguments: null },
    }),
  });
  expect(await answer.text()).toContain('"structuredContent":{"sessions":[');
});
