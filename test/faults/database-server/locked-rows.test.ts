import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { findViolatedInvariants } from '../../support/database-invariants.ts';
import { type LockHolder, openLockHolder } from '../../support/lock-holder.ts';
import { requestJson } from '../../support/request-json.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_lock-test_0123456789abcdef0123456789abcdef';
const DEADLOCKS = process.env['FLEETBEAT_TEST_FULL'] === '1' ? 100 : 5;
/** Of the pool's 16 connections, those that the writes of one account may hold. */
const CONNECTIONS_PER_ACCOUNT = 4;
const CALLERS = 48;
const COUNTER = "SELECT seq FROM event_counters WHERE accountId = 'main'";

let database: TestDatabase;
let server: ServerProcess;
let holder: LockHolder;
let sql: Sql;
let admin: Fleetbeat;
let builder: Fleetbeat;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerProcess({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
  });
  holder = await openLockHolder(database);
  sql = await connect(database);
  admin = server.client(ADMIN_KEY);
  builder = server.client((await admin.keys.create({ programId: 'builder' })).key);
  await builder.sessions.create({ sessionId: 'locked', name: 'Locked' });
  await builder.state.update('builder', { contextSummary: { lastTask: 'None.' } });
});
afterAll(async () => {
  await holder?.close();
  await sql?.close();
  await server?.kill();
  await database?.remove();
});

/** Each write, the row that it has locked before the event counter, and the evidence of its effect. */
const WRITES = [
  [
    'an update of a session',
    "SELECT sessionId FROM sessions WHERE accountId = 'main' AND sessionId = 'locked'",
    (mark: string) => builder.sessions.update('locked', { status: mark }),
    async () => (await builder.sessions.timeline('locked', { limit: 1 })).changes[0]?.number ?? 0,
  ],
  [
    'a write of state',
    "SELECT version FROM program_states WHERE accountId = 'main' AND programId = 'builder'",
    (mark: string) => builder.state.update('builder', { contextSummary: { lastTask: mark } }),
    async () => (await builder.state.read('builder')).version,
  ],
] as const;

test.each(WRITES)(
  `%s that loses a deadlock, ${DEADLOCKS} times, is done again, once`,
  async (_name, own, write, effects) => {
    const before = await effects();
    for (let deadlock = 1; deadlock <= DEADLOCKS; deadlock += 1) {
      await holder.beginHeavyTransaction();
      await holder.lock(COUNTER);
      const written = write(`deadlock ${deadlock}`);
      await holder.waitForBlocked(1);
      // The server holds this row and waits for the counter: the row is free only after the server's timeout.
      await holder.lock(own);
      await holder.release();
      await written;
    }
    expect(await effects()).toBe(before + DEADLOCKS);
    expect(await findViolatedInvariants(sql, 'mysql')).toEqual([]);
  },
);

test.each(WRITES)(
  '%s that waits for a lock in vain is 503, and nothing of it is there',
  async (_name, _own, write, effects) => {
    const before = await effects();
    await holder.beginHeavyTransaction();
    await holder.lock(COUNTER);
    await expect(write('in vain')).rejects.toMatchObject({ status: 503, retryAfter: expect.any(Number) });
    expect(await effects()).toBe(before);
    await holder.release();
    await write('at last');
    expect(await effects()).toBe(before + 1);
    expect(await findViolatedInvariants(sql, 'mysql')).toEqual([]);
  },
);

test(`${CALLERS} callers whose writes wait for a row hold ${CONNECTIONS_PER_ACCOUNT} connections and get 503; others keep reading`, async () => {
  await holder.beginHeavyTransaction();
  await holder.lock(COUNTER);
  const send = (index: number) => {
    const task = { title: `pool ${index}`, target: 'builder' };
    return admin.tasks.create(task, { idempotencyKey: `pool-${index}` });
  };
  const indices = Array.from({ length: CALLERS }, (_, index) => index);
  const calls = Promise.allSettled(indices.map(send));
  await holder.waitForBlocked(CONNECTIONS_PER_ACCOUNT);
  for (const path of ['/healthz', '/readyz', '/v1/tasks'])
    expect([path, await requestJson(server.url, ADMIN_KEY, path)]).toMatchObject([path, { status: 200 }]);
  expect(await holder.countBlockedTransactions()).toBeLessThanOrEqual(CONNECTIONS_PER_ACCOUNT);
  const refused = await calls;
  expect(refused.map((call) => call.status === 'rejected' && call.reason.status)).toEqual(indices.map(() => 503));
  expect(refused.every((call) => call.status === 'rejected' && call.reason.retryAfter > 0)).toBe(true);
  await holder.release();
  const made = await Promise.all(indices.map(send));
  expect(new Set(made.map(({ taskId }) => taskId)).size).toBe(CALLERS);
  const [row] = await sql.query<{ n: number | string }>("SELECT COUNT(*) AS n FROM tasks WHERE title LIKE 'pool %'");
  expect(Number(row?.n)).toBe(CALLERS);
  expect(await findViolatedInvariants(sql, 'mysql')).toEqual([]);
});
