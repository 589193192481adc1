/** The server's clock jumps an hour forward or back while agents work: a correction, or a suspended machine. */
import { afterEach, expect, test } from 'vitest';
import type { SessionPulse } from '../../clients/typescript/src/index.ts';
import { HOUR, MINUTE, SECOND } from '../../server/platform/clock.ts';
import { openStore } from '../../server/platform/database/open.ts';
import { Leases } from '../../server/platform/jobs/lease.ts';
import { schema } from '../../server/schema/index.ts';
import { readFirst } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { bearer, sendRaw } from '../support/raw-request.ts';
import { connect } from '../support/sql.ts';
import { TestClock } from '../support/test-clock.ts';
import { randomName, startTestServer, type TestServer } from '../support/test-server.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';

const OFTEN = {
  FLEETBEAT_SWEEP_EVERY: '100ms',
  FLEETBEAT_WEBHOOKS_EVERY: '20ms',
  FLEETBEAT_RETENTION_EVERY: '200ms',
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startServerWithJobs(environment: Record<string, string> = OFTEN): Promise<TestServer> {
  const server = await startTestServer({ environment });
  cleanups.push(() => server.close());
  return server;
}

/** Resolves when every job has started and finished after this call. */
async function waitForJobs({ database }: TestServer): Promise<void> {
  const jobs = ['sweep', 'event-retention', 'audit-retention', 'answer-retention'];
  const sql = await connect(database);
  const runs = async () => {
    const rows = await sql.query('SELECT name, lastRunAt FROM leases');
    return new Map(rows.map((row) => [row['name'], Number(row['lastRunAt'])]));
  };
  // A run in progress may finish first: the second one started after the call.
  for (const _whole of [1, 2]) {
    const before = await runs();
    await eventually(async () => {
      const now = await runs();
      return jobs.every((job) => now.has(job) && now.get(job) !== before.get(job));
    });
  }
  await sql.close();
}

/** Resolves when the server has noticed that it could not hear until then: it looks every two seconds. */
async function waitForOutage({ database }: TestServer, until: number): Promise<void> {
  const sql = await connect(database);
  await eventually(async () => Number((await sql.query('SELECT upSince FROM uptime'))[0]?.['upSince']) >= until);
  await sql.close();
}

test('an hour forward: no session that reports again is archived, and nothing recent is deleted', async () => {
  const server = await startServerWithJobs();
  const { client, key } = await server.createProgram();
  // Past the period after a start in which nothing is archived.
  server.clock.advance(16 * MINUTE);
  const sessions = await Promise.all(['a', 'b', 'c'].map((name) => client.sessions.create({ name })));
  const [silent, ...speaking] = sessions.map(({ sessionId }) => sessionId);
  const once = { method: 'POST', path: '/v1/sessions', body: '{"name":"Once"}' };
  const headers = { ...bearer(key), 'content-type': 'application/json', 'idempotency-key': randomName() };
  const answer = await sendRaw(server.url, { ...once, headers });
  await waitForJobs(server);
  server.clock.adjust(HOUR);
  await waitForOutage(server, server.clock.now());
  await waitForJobs(server);
  expect((await client.sessions.list({ programId: (await client.me()).programId ?? '' })).sessions).toHaveLength(4);
  server.clock.advance(10 * MINUTE);
  for (const sessionId of speaking) await client.sessions.update(sessionId, { status: 'Here.', lastHeartbeat: true });
  await waitForJobs(server);
  for (const { sessionId } of sessions) expect(await client.sessions.get(sessionId)).toMatchObject({ archived: false });
  const again = await sendRaw(server.url, { ...once, headers });
  expect([again.text, again.headers['idempotent-replayed']]).toEqual([answer.text, 'true']);
  expect((await readFirst(server.admin.events({ after: 0 }), 1))[0]?.sequence).toBe(1);
  // Sessions that stay silent are archived as usual, an hour after the step: before that nobody knows who was silent.
  server.clock.advance(40 * MINUTE);
  for (const sessionId of speaking) await client.sessions.update(sessionId, { status: 'Here.', lastHeartbeat: true });
  await waitForJobs(server);
  expect(await client.sessions.get(silent ?? '')).toMatchObject({ archived: false, stale: true });
  server.clock.advance(11 * MINUTE);
  await eventually(async () => (await client.sessions.get(silent ?? '')).archived);
  for (const sessionId of speaking) expect(await client.sessions.get(sessionId)).toMatchObject({ archived: false });
});

test('an hour back: no heartbeat moves back, claims hold, and no revoked key works again', async () => {
  const server = await startServerWithJobs();
  const { client, programId, key } = await server.createProgram();
  const revoked = await server.createProgram();
  const rotated = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'At work' });
  const { taskId } = await server.admin.tasks.create({ title: 'Work', target: programId });
  await client.tasks.claim(taskId, sessionId);
  const { keyId } = await revoked.client.me();
  await server.admin.keys.revoke(keyId);
  const successor = await server.admin.keys.rotate((await rotated.client.me()).keyId);
  const before = await client.sessions.get(sessionId);

  server.clock.adjust(-HOUR);
  let last = before.lastHeartbeat;
  for (const status of ['One', 'Two', 'Three']) {
    const { lastHeartbeat, updatedAt } = await client.sessions.update(sessionId, { status, lastHeartbeat: true });
    expect(Date.parse(lastHeartbeat)).toBeGreaterThan(Date.parse(last));
    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(lastHeartbeat));
    last = lastHeartbeat;
  }
  expect(await client.sessions.get(sessionId)).toMatchObject({ stale: false, archived: false });
  await expect(client.tasks.claim(taskId, sessionId)).resolves.toMatchObject({ claimedSession: sessionId });
  for (const old of [revoked.key, rotated.key]) {
    const { status } = await sendRaw(server.url, { method: 'GET', path: '/v1/me', headers: bearer(old) });
    expect(status).toBe(401);
  }
  expect(await server.client(successor.key).me()).toMatchObject({ programId: rotated.programId });
  expect((await sendRaw(server.url, { method: 'GET', path: '/v1/me', headers: bearer(key) })).status).toBe(200);
  await waitForJobs(server);
  const events = await readFirst(server.admin.events({ after: 0 }), 5);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
});

test('an hour back: webhooks are sent at once, waiting ones too', async () => {
  const server = await startServerWithJobs();
  const receiver = await startWebhookReceiver();
  cleanups.push(() => receiver.close());
  await server.admin.keys.create({ programId: 'builder' });
  await server.admin.webhooks.create({ url: receiver.url, types: ['task.created'] });
  const createTask = (title: string) => server.admin.tasks.create({ title, target: 'builder' });
  await createTask('First');
  await eventually(async () => receiver.received.length === 1);
  receiver.respondWith(503);
  await createTask('Waits');
  await eventually(async () => receiver.received.length === 2);
  server.clock.adjust(-HOUR);
  receiver.respondWith(204);
  await createTask('Later');
  await eventually(async () => receiver.received.length === 4);
});

test('an hour back: followers get each pulse once', async () => {
  const server = await startServerWithJobs();
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'At work' });
  server.clock.adjust(-HOUR);
  const receivedPulses: string[] = [];
  const ending = new AbortController();
  const watching = (async () => {
    const onPulse = (pulses: readonly SessionPulse[]) =>
      void receivedPulses.push(...pulses.map((each) => each.lastHeartbeat));
    for await (const _event of client.events({ onPulse, signal: ending.signal }));
  })();
  const sent: string[] = [];
  for (const beats of [1, 2, 3]) {
    sent.push((await client.sessions.update(sessionId, { status: 'Idle', lastHeartbeat: true })).lastHeartbeat);
    await eventually(async () => receivedPulses.includes(sent.at(-1) ?? ''));
    expect(sent).toHaveLength(beats);
  }
  ending.abort();
  await watching;
  expect(new Set(receivedPulses).size).toBe(receivedPulses.length);
});

test('the lease of a process that died before the clock was set back delays its job for seconds, not for an hour', async () => {
  const server = await startServerWithJobs({});
  const clocks = [new TestClock(), new TestClock()] as const;
  const [first, second] = await Promise.all(
    clocks.map(async (clock) => {
      const store = await openStore(server.database.url, schema);
      cleanups.push(() => store.close());
      return new Leases(store, clock);
    }),
  );
  expect(await first?.acquire('work')).toBe(true);
  expect(await second?.acquire('work')).toBe(false);
  clocks[1].adjust(-10 * SECOND);
  expect(await second?.acquire('work')).toBe(false);
  clocks[1].adjust(-HOUR);
  expect(await second?.acquire('work')).toBe(true);
});
