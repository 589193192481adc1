import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetbeatError } from '../../../clients/typescript/src/index.ts';
import { startContinuousWrites } from '../../support/continuous-writes.ts';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { findViolatedInvariants } from '../../support/database-invariants.ts';
import { findLostState, findLostWrites } from '../../support/lost-writes.ts';
import { bearer } from '../../support/raw-request.ts';
import { createRandom } from '../../support/seeded-random.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { createWriters, type Writer } from '../../support/writers.ts';

const ADMIN_KEY = 'fb_cut-test_0123456789abcdef0123456789abcdef';
const CUTS = process.env['FLEETBEAT_TEST_FULL'] === '1' ? 500 : 25;

const random = createRandom('database-server/connection-cut');
let database: TestDatabase;
let network: CuttableProxy;
let server: ServerProcess;
let sql: Sql;
let writers: Writer[];

beforeAll(async () => {
  database = await createTestDatabase();
  network = await startProxy(database.url);
  server = await startServerProcess({
    DATABASE_URL: network.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
  });
  sql = await connect(database);
  writers = await createWriters(server.client(ADMIN_KEY), (key) => server.client(key));
});
afterAll(async () => {
  await sql?.close();
  await server?.kill();
  await network?.close();
  await database?.remove();
});

async function post(path: string, idempotencyKey: string, body: unknown) {
  const headers = { ...bearer(ADMIN_KEY), 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey };
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return {
    status: response.status,
    retryAfter: Number(response.headers.get('retry-after')),
    isReplayed: response.headers.get('idempotent-replayed') === 'true',
  };
}

const count = async (from: string, mark: string): Promise<number> => {
  const [row] = await sql.query<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${from} = ?`, [mark]);
  return Number(row?.n);
};

const POSTS = [
  ['/v1/tasks', 'tasks WHERE title', (mark: string) => ({ title: mark, target: 'program-1' })],
  ['/v1/messages', 'messages WHERE text', (mark: string) => ({ to: 'program-1', kind: 'PING', text: mark })],
  ['/v1/sessions', 'sessions WHERE name', (mark: string) => ({ name: mark })],
] as const;

for (const moment of ['before', 'after'] as const) {
  test.each(POSTS)(
    `a connection lost ${moment} its commit is 503, and POST %s with the same key has one effect`,
    async (path, from, body) => {
      const mark = `cut-${moment}${path.replaceAll('/', '-')}`;
      const cut = network.cutCommit(moment, 'kept_answers');
      expect(await post(path, mark, body(mark))).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
      await cut;
      expect(await count(from, mark)).toBe(moment === 'before' ? 0 : 1);
      expect(await post(path, mark, body(mark))).toMatchObject({ status: 201, isReplayed: moment === 'after' });
      expect(await count(from, mark)).toBe(1);
      expect(await findViolatedInvariants(sql, 'mysql')).toEqual([]);
    },
  );

  test(`an update whose connection breaks ${moment} its commit is 503, and is applied completely or not at all`, async () => {
    const admin = server.client(ADMIN_KEY);
    const { sessionId } = await admin.sessions.create({ name: 'Cut', status: 'Before.' });
    const cut = network.cutCommit(moment, sessionId);
    const refusal = await admin.sessions.update(sessionId, { status: 'After.' }).catch((error: unknown) => error);
    await cut;
    expect(refusal).toBeInstanceOf(FleetbeatError);
    expect(refusal).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
    expect((await admin.sessions.get(sessionId)).status).toBe(moment === 'before' ? 'Before.' : 'After.');
    expect((await admin.sessions.update(sessionId, { status: 'After.' })).status).toBe('After.');
    expect((await admin.sessions.timeline(sessionId)).changes).toHaveLength(2);
    expect(await findViolatedInvariants(sql, 'mysql')).toEqual([]);
  });
}

test(`${CUTS} broken connections under 8 writers lose and double nothing`, async () => {
  const work = startContinuousWrites(writers);
  for (let cut = 1; cut <= CUTS; cut += 1) {
    await work.waitForWrites(random.int(1, 30));
    network.cutOneConnection(random);
  }
  await work.waitForWrites(writers.length);
  await work.stop();
  expect(work.refused).toBeGreaterThan(0);
  expect(await findLostWrites(sql, writers)).toEqual([]);
  expect(await findLostState(writers)).toEqual([]);
  expect(await findViolatedInvariants(sql, 'mysql')).toEqual([]);
});
