import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ApiRequest,
  type ApiResponse,
  parseRateLimitItems,
  sendRequest,
  startRateLimitedServer,
} from '../../support/rate-limited-server.ts';
import { randomName, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startRateLimitedServer();
});
afterAll(() => server.close());

/** By default a change: a write of what is stored already makes no version. */
const write = (
  key: string,
  body: unknown = { contextSummary: { lastTask: randomName('step') } },
  programId = 'builder',
) => sendRequest(server.url, { method: 'PATCH', path: `/v1/programs/${programId}/state`, key, body });
const succeeded = (answers: readonly ApiResponse[]) => answers.filter(({ status }) => status === 200);

test('a program writes its state 10 times a minute, whichever of its keys it uses', async () => {
  const { client } = await server.createAccount('team');
  const keys = [await client.keys.create({ programId: 'builder' }), await client.keys.create({ programId: 'builder' })];
  const answers: ApiResponse[] = [];
  for (let count = 0; count < 12; count += 1) answers.push(await write(keys[count % 2]?.key ?? ''));
  expect(succeeded(answers)).toHaveLength(10);
  expect(parseRateLimitItems(answers[0]?.headers.get('ratelimit-policy') ?? null)).toMatchObject({
    'state-writes': { q: 10, w: 60 },
  });
  expect(parseRateLimitItems(answers[9]?.headers.get('ratelimit') ?? null)).toMatchObject({ 'state-writes': { r: 0 } });
  expect(answers[10]).toMatchObject({ status: 429, problem: { type: '/problems/too-many-requests' } });
  expect(Number(answers[10]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await client.state.read('builder')).version).toBe(10);
});

test('of 30 simultaneous writes 10 are stored, and the others change nothing', async () => {
  const { client } = await server.createAccount('pro');
  const { key } = await client.keys.create({ programId: 'builder' });
  const answers = await Promise.all(Array.from({ length: 30 }, () => write(key)));
  expect(succeeded(answers)).toHaveLength(10);
  expect((await client.state.read('builder')).version).toBe(10);
});

test('merges, imports, restores and changes of patterns share the 10, each through REST and MCP', async () => {
  const { client } = await server.createAccount('team');
  const { key } = await client.keys.create({ programId: 'builder' });
  const pattern = { id: 'p-1', domain: 'build', pattern: 'Cache the layers', confidence: 0.6 };
  expect((await write(key, { learnedPatterns: [pattern] })).status).toBe(200);
  expect((await write(key)).status).toBe(200);
  const builder = server.client(key);
  const exported = await builder.state.export('builder');
  const path = '/v1/programs/builder';
  const writes: ApiRequest[] = [
    { method: 'POST', path: `${path}/state/restore`, body: { version: 1 } },
    { method: 'POST', path: `${path}/state/import`, body: { mode: 'merge', document: exported } },
    { method: 'POST', path: `${path}/patterns/p-1/reinforce`, body: {} },
    { method: 'POST', path: `${path}/patterns/p-1/promote`, body: {} },
    { method: 'PUT', path: `${path}/patterns/p-1/status`, body: { status: 'refuted' } },
    { method: 'DELETE', path: `${path}/patterns/p-1` },
  ];
  for (const request of writes) {
    const { status, headers } = await sendRequest(server.url, { key, ...request });
    expect([request.path, status, headers.get('ratelimit')]).toEqual([
      request.path,
      expect.toSatisfy((code: number) => code < 300),
      expect.stringContaining('"state-writes"'),
    ]);
  }
  expect((await write(key)).status).toBe(200);
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'update_program_state',
      arguments: { programId: 'builder', contextSummary: { lastTask: 'By MCP' } },
    },
  };
  const accept = { Accept: 'application/json, text/event-stream' };
  await sendRequest(server.url, { method: 'POST', path: '/mcp', key, body: call, headers: accept });
  // Two merges before, six others, one merge, one by MCP: ten.
  for (const request of writes) {
    expect([request.path, (await sendRequest(server.url, { key, ...request })).status]).toEqual([request.path, 429]);
  }
  expect((await write(key)).status).toBe(429);
});

test('an import by an admin counts for the program, and a refused write for nobody but its sender', async () => {
  const { client, key: adminKey } = await server.createAccount('team');
  const { key } = await client.keys.create({ programId: 'builder' });
  const other = await client.keys.create({ programId: 'reviewer' });
  expect((await write(key)).status).toBe(200);
  const document = await server.client(key).state.export('builder');
  for (let count = 0; count < 12; count += 1) expect((await write(other.key)).status).toBe(count < 10 ? 403 : 429);
  const request = { method: 'POST', path: '/v1/programs/builder/state/import', body: { mode: 'merge', document } };
  for (let count = 0; count < 9; count += 1)
    expect((await sendRequest(server.url, { key: adminKey, ...request })).status).toBe(200);
  expect((await sendRequest(server.url, { key: adminKey, ...request })).status).toBe(429);
  expect((await write(key)).status).toBe(429);
});

test('a write that the contract refuses costs none of the 10', async () => {
  const { client } = await server.createAccount('pro');
  const { key } = await client.keys.create({ programId: 'builder' });
  for (let count = 0; count < 12; count += 1) expect((await write(key, { typo: 1 })).status).toBe(400);
  expect((await write(key)).status).toBe(200);
});

test('a program over its write budget may still heartbeat and read, and others keep their budget', async () => {
  const { client } = await server.createAccount('pro');
  const { key } = await client.keys.create({ programId: 'builder' });
  const other = await client.keys.create({ programId: 'reviewer' });
  for (let count = 0; count < 11; count += 1) await write(key);
  const builder = server.client(key);
  await builder.sessions.create({ name: 'Alive' });
  await builder.sessions.update('current', { status: 'Idle', lastHeartbeat: true });
  await builder.state.read('builder');
  expect((await write(other.key, undefined, 'reviewer')).status).toBe(200);
});

test('the tier unlimited has no budget of state writes', async () => {
  const { key, programId } = await server.createProgram();
  const answers = await Promise.all(Array.from({ length: 15 }, () => write(key, undefined, programId)));
  expect(succeeded(answers)).toHaveLength(15);
});
