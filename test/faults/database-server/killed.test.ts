import { afterAll, beforeAll, expect, test } from 'vitest';
import { startContinuousWrites } from '../../support/continuous-writes.ts';
import { findViolatedInvariants } from '../../support/database-invariants.ts';
import { type EventFollower, startEventFollower } from '../../support/event-follower.ts';
import { eventually } from '../../support/eventually.ts';
import { startBreakableMysql } from '../../support/find-mysql.ts';
import { findLostState, findLostWrites } from '../../support/lost-writes.ts';
import type { PrivateMysql } from '../../support/private-mysql.ts';
import { requestJson, UNAVAILABLE_RESPONSE } from '../../support/request-json.ts';
import { createRandom } from '../../support/seeded-random.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { connect } from '../../support/sql.ts';
import { createMysqlDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';
import { createWriters, type Writer } from '../../support/writers.ts';

const ADMIN_KEY = 'fb_db-kill-test_0123456789abcdef0123456789abcdef';
const KILLS = process.env['FLEETBEAT_TEST_FULL'] === '1' ? 30 : 3;

const random = createRandom('database-server/killed');
let mysql: PrivateMysql;
let database: TestDatabase;
let server: ServerProcess;
let writers: Writer[];
let follower: EventFollower;
let receiver: WebhookReceiver;

beforeAll(async () => {
  mysql = await startBreakableMysql();
  database = await createMysqlDatabase(mysql.url);
  receiver = await startWebhookReceiver();
  server = await startServerProcess({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    FLEETBEAT_SWEEP_EVERY: '100ms',
    FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'true',
  });
  const admin = server.client(ADMIN_KEY);
  await admin.webhooks.create({ url: receiver.url, types: ['task.completed'] });
  writers = await createWriters(admin, (key) => server.client(key));
  follower = startEventFollower(admin);
});
afterAll(async () => {
  await follower?.stop();
  await server?.kill();
  await receiver?.close();
  await mysql?.stop();
});

const request = (path: string, body?: unknown) => requestJson(server.url, ADMIN_KEY, path, body);

async function lastSweep(): Promise<number> {
  const { lastRunAt } = ((await request('/readyz')).body as { sweep: { lastRunAt: string | null } }).sweep;
  return lastRunAt === null ? 0 : Date.parse(lastRunAt);
}

test(`a database that is killed and restarted ${KILLS} times causes 503s and nothing else`, async () => {
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const work = startContinuousWrites(writers);
    await work.waitForWrites(random.int(1, 150));
    await mysql.kill();
    for (const path of ['/readyz', '/v1/sessions', '/v1/fleet/health', '/v1/programs/program-1/state'])
      expect(await request(path), path).toMatchObject(UNAVAILABLE_RESPONSE);
    expect(await request('/v1/keys', { programId: 'builder' })).toMatchObject(UNAVAILABLE_RESPONSE);
    expect(await request('/healthz')).toMatchObject({ status: 200 });
    await eventually(async () => work.refused >= writers.length);

    await mysql.restart();
    const resumedAt = Date.now();
    await work.waitForWrites(5 * writers.length);
    await work.stop();
    const sql = await connect(database);
    expect(await findLostWrites(sql, writers), `kill ${kill}`).toEqual([]);
    expect(await findLostState(writers), `kill ${kill}`).toEqual([]);
    expect(await findViolatedInvariants(sql, 'mysql'), `kill ${kill}`).toEqual([]);
    await eventually(async () => (await lastSweep()) > resumedAt);
    await follower.waitUntilCaughtUp(sql);
    await sql.close();
  }
});

test('a frozen database is 503 after a timeout, and work continues when it thaws', async () => {
  const work = startContinuousWrites(writers);
  await work.waitForWrites(writers.length);
  mysql.freeze();
  expect(await request('/v1/sessions')).toMatchObject(UNAVAILABLE_RESPONSE);
  expect(await request('/healthz')).toMatchObject({ status: 200 });
  mysql.thaw();
  await work.waitForWrites(5 * writers.length);
  await work.stop();
  const sql = await connect(database);
  expect(await findLostWrites(sql, writers)).toEqual([]);
  expect(await findLostState(writers)).toEqual([]);
  expect(await findViolatedInvariants(sql, 'mysql')).toEqual([]);
  await follower.waitUntilCaughtUp(sql);
  await sql.close();
});

test('the webhook received every completed task', async () => {
  const sql = await connect(database);
  const events = await sql.query<{ seq: number | string }>("SELECT seq FROM events WHERE kind = 'task.completed'");
  await sql.close();
  expect(events.length).toBeGreaterThanOrEqual(writers.length);
  await eventually(async () => {
    const deliveredSequences = new Set(receiver.received.map(({ body }) => Number(body.data['sequence'])));
    return events.every(({ seq }) => deliveredSequences.has(Number(seq)));
  });
});
