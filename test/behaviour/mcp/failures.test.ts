import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  MCP_CLIENTS,
  type McpClient,
  parseJsonContent,
  type ToolArguments,
  type ToolResult,
} from '../../support/mcp-clients.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let builder: { programId: string; key: string };
const server = useTestServer();
beforeAll(async () => {
  builder = await server.createProgram('builder');
});

type Problem = Readonly<Record<string, unknown>>;
const getProblem = (result: ToolResult) => result._meta?.['fleetbeat/problem'] as Problem;

/** The same invalid call as a tool call and as a REST request. */
const WRONG: readonly [
  why: string,
  tool: string,
  given: ToolArguments,
  method: string,
  path: string,
  body?: unknown,
][] = [
  ['a missing field', 'create_session', {}, 'POST', '/v1/sessions', {}],
  [
    'an unknown field',
    'create_session',
    { name: 'A', colour: 'red' },
    'POST',
    '/v1/sessions',
    { name: 'A', colour: 'red' },
  ],
  [
    'wrong types',
    'create_session',
    { name: 7, progress: 'half' },
    'POST',
    '/v1/sessions',
    { name: 7, progress: 'half' },
  ],
  [
    'a null in an object',
    'update_program_state',
    { programId: 'builder', learnedPatterns: [{ id: null }] },
    'PATCH',
    '/v1/programs/builder/state',
    { learnedPatterns: [{ id: null }] },
  ],
  [
    'a text that is too long',
    'update_session',
    { status: 'x'.repeat(201) },
    'PATCH',
    '/v1/sessions/current',
    { status: 'x'.repeat(201) },
  ],
  [
    'a session that is not there',
    'update_session',
    { sessionId: 'nobody', status: 'A' },
    'PATCH',
    '/v1/sessions/nobody',
    { status: 'A' },
  ],
  ['no current session', 'get_session', {}, 'GET', '/v1/sessions/current'],
  [
    'a number that would not read back',
    'update_session',
    { contextBytes: '9007199254740993' },
    'PATCH',
    '/v1/sessions/current',
    { contextBytes: '9007199254740993' },
  ],
  ['a limit out of bounds', 'list_sessions', { limit: 51 }, 'GET', '/v1/sessions?limit=51'],
  ['a word that is no choice', 'list_sessions', { state: 'gone' }, 'GET', '/v1/sessions?state=gone'],
  ['an unknown filter', 'list_sessions', { colour: 'red' }, 'GET', '/v1/sessions?colour=red'],
  ['a cursor of nobody', 'list_sessions', { cursor: 'abc' }, 'GET', '/v1/sessions?cursor=abc'],
  ['a right that the key lacks', 'get_fleet_health', {}, 'GET', '/v1/fleet/health'],
  ["another program's state", 'get_program_state', { programId: 'other' }, 'GET', '/v1/programs/other/state'],
  ['an id of the wrong form', 'get_session', { sessionId: 'a b' }, 'GET', '/v1/sessions/a%20b'],
];

describe.each(MCP_CLIENTS)('$kind', ({ connect }) => {
  let client: McpClient;
  beforeAll(async () => {
    client = await connect(server.url, builder.key);
  });
  afterAll(() => client.close());

  test.each(WRONG)(
    '%s is a result with the very problem that REST answers',
    async (_why, tool, given, method, path, body) => {
      const answer = await fetch(`${server.url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${builder.key}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const { instance, ...expected } = (await answer.json()) as Problem;
      expect(answer.status).toBeGreaterThanOrEqual(400);
      const result = await client.callTool(tool, given);
      expect(result.isError).toBe(true);
      expect(result).not.toHaveProperty('structuredContent');
      expect(parseJsonContent(result)).toEqual(getProblem(result));
      expect(getProblem(result)).toEqual({ ...expected, instance: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(getProblem(result)['instance']).not.toBe(instance);
    },
  );

  test('names an unknown argument that it refuses', async () => {
    for (const [tool, given] of [
      ['list_sessions', {}],
      ['get_session', {}],
      ['get_program_state', { programId: builder.programId }],
      ['create_session', { name: 'A' }],
      ['update_program_state', { programId: builder.programId }],
    ] as const) {
      const result = await client.callTool(tool, { ...given, colour: 'red' });
      expect([tool, getProblem(result)]).toMatchObject([tool, { type: '/problems/invalid-request' }]);
      expect(JSON.stringify(getProblem(result)['errors'])).toContain('colour');
    }
  });

  test('an unknown tool is a protocol error', async () => {
    await expect(client.callTool('drop_everything')).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('Unknown tool: drop_everything'),
    });
    await expect(client.callTool('__proto__')).rejects.toMatchObject({ code: -32602 });
  });

  test('a success has the same JSON as text and as structured content', async () => {
    const { key, programId: reader } = await server.createProgram('reader');
    // With full schemas the clients validate each result against its schema.
    const own = await connect(server.url, key, '/mcp?toolsets=all&schemas=full');
    for (const [tool, given] of [
      ['create_session', { name: 'A' }],
      ['update_session', { status: 'B', contextBytes: 1, contextLimitBytes: 3 }],
      ['get_session', {}],
      ['list_sessions', {}],
      ['who_am_i', {}],
      ['get_program_state', { programId: reader }],
      ['update_program_state', { programId: reader, contextSummary: { lastTask: 'A' } }],
      ['boot_program', { programId: reader, name: 'B' }],
      ['list_tasks', {}],
      ['list_messages', {}],
    ] as const) {
      const result = await own.callTool(tool, given);
      expect([tool, result.isError ?? false]).toEqual([tool, false]);
      expect(result.structuredContent).toEqual(parseJsonContent(result));
    }
    await own.close();
  });
});
