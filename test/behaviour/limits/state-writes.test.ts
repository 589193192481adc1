import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ApiResponse,
  parseRateLimitItems,
  sendRequest,
  startRateLimitedServer,
} from '../../support/rate-limited-server.ts';
import type { TestServer } from '../../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startRateLimitedServer();
});
afterAll(() => server.close());

const write = (key: string, body: unknown = { contextSummary: { lastTask: 'A step' } }, programId = 'builder') =>
  sendRequest(server.url, { method: 'PATCH', path: `/v1/programs/${programId}/state`, key, body });
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
