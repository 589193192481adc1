import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, UNAVAILABLE } from '../../support/ask.ts';
import { newMysql, type TestDatabase } from '../../support/databases.ts';
import { eventually } from '../../support/eventually.ts';
import { type Followed, follow } from '../../support/followed.ts';
import { halfApplied } from '../../support/half-applied.ts';
import { lostState, lostWrites } from '../../support/kept-writes.ts';
import { startBreakableMysql } from '../../support/mysql-family.ts';
import type { PrivateMysql } from '../../support/private-mysql.ts';
import { openReceiver, type Receiver } from '../../support/receiver.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';
import { connect } from '../../support/sql.ts';
import { workThrough } from '../../support/work-through.ts';
import { newWriters, type Writer } from '../../support/writers.ts';

const ADMIN_KEY = 'fb_db-kill-test_0123456789abcdef0123456789abcdef';
const KILLS = process.env['FLEETBEAT_TEST_FULL'] === '1' ? 30 : 3;

let mysql: PrivateMysql;
let database: TestDatabase;
let server: ServerProcess;
let writers: Writer[];
let followed: Followed;
let receiver: Receiver;

beforeAll(async () => {
  mysql = await startBreakableMysql();
  database = await newMysql(mysql.url);
  receiver = await openReceiver();
  server = await startServer({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    FLEETBEAT_SWEEP_EVERY: '100ms',
    FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'true',
  });
  const admin = server.client(ADMIN_KEY);
  await admin.webhooks.create({ url: receiver.url, kinds: ['task.completed'] });
  writers = await newWriters(admin, (key) => server.client(key));
  followed = follow(admin);
});
afterAll(async () => {
  await followed?.stop();
  await server?.kill();
  await receiver?.close();
  await mysql?.stop();
});

const question = (path: string, body?: unknown) => ask(server.url, ADMIN_KEY, path, body);

async function lastSweep(): Promise<number> {
  const { lastRunAt } = ((await question('/readyz')).body as { sweep: { lastRunAt: string | null } }).sweep;
  return lastRunAt === null ? 0 : Date.parse(lastRunAt);
}

test(`a database that is killed with -9 and started again, ${KILLS} times, costs 503s and nothing else`, async () => {
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const work = workThrough(writers);
    await work.more(randomInt(1, 150));
    await mysql.kill();
    for (const path of ['/readyz', '/v1/sessions', '/v1/fleet/health', '/v1/programs/program-1/state'])
      expect(await question(path), path).toMatchObject(UNAVAILABLE);
    expect(await question('/v1/keys', { programId: 'builder' })).toMatchObject(UNAVAILABLE);
    expect(await question('/healthz')).toMatchObject({ status: 200 });
    await eventually(async () => work.refused >= writers.length);

    await mysql.resume();
    const resumedAt = Date.now();
    await work.more(5 * writers.length);
    await work.end();
    const sql = await connect(database);
    expect(await lostWrites(sql, writers), `kill ${kill}`).toEqual([]);
    expect(await lostState(writers), `kill ${kill}`).toEqual([]);
    expect(await halfApplied(sql, 'mysql'), `kill ${kill}`).toEqual([]);
    await eventually(async () => (await lastSweep()) > resumedAt);
    await followed.upTo(sql);
    await sql.close();
  }
});

test('a database that stands still and answers nothing is 503 in the end, and goes on where it was', async () => {
  const work = workThrough(writers);
  await work.more(writers.length);
  mysql.freeze();
  expect(await question('/v1/sessions')).toMatchObject(UNAVAILABLE);
  expect(await question('/healthz')).toMatchObject({ status: 200 });
  mysql.thaw();
  await work.more(5 * writers.length);
  await work.end();
  const sql = await connect(database);
  expect(await lostWrites(sql, writers)).toEqual([]);
  expect(await lostState(writers)).toEqual([]);
  expect(await halfApplied(sql, 'mysql')).toEqual([]);
  await followed.upTo(sql);
  await sql.close();
});

test('the webhook was told of every task that was completed', async () => {
  const sql = await connect(database);
  const events = await sql.query<{ seq: number | string }>("SELECT seq FROM events WHERE kind = 'task.completed'");
  await sql.close();
  expect(events.length).toBeGreaterThanOrEqual(writers.length);
  await eventually(async () => {
    const told = new Set(receiver.received.map(({ body }) => Number(body.data['sequence'])));
    return events.every(({ seq }) => told.has(Number(seq)));
  });
});
