/** The server's clock is set forward or back by an hour while agents work: a correction by somebody, or a machine that slept. */
import { afterEach, expect, test } from 'vitest';
import type { SessionPulse } from '../../clients/typescript/src/index.ts';
import { HOUR, MINUTE, SECOND } from '../../server/platform/clock.ts';
import { Leases } from '../../server/platform/jobs/lease.ts';
import { openStore } from '../../server/platform/database/open.ts';
import { take } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { openTestHouse, randomName, type TestHouse } from '../support/house.ts';
import { MovableClock } from '../support/movable-clock.ts';
import { openReceiver } from '../support/receiver.ts';
import { bearer, send } from '../support/send.ts';
import { connect } from '../support/sql.ts';

const OFTEN = {
  FLEETBEAT_SWEEP_EVERY: '100ms',
  FLEETBEAT_WEBHOOKS_EVERY: '20ms',
  FLEETBEAT_RETENTION_EVERY: '200ms',
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(environment: Record<string, string> = OFTEN): Promise<TestHouse> {
  const house = await openTestHouse({ environment });
  cleanups.push(() => house.close());
  return house;
}

/** Resolves when every job has begun and ended after this call. */
async function jobsRun({ database }: TestHouse): Promise<void> {
  const jobs = ['sweep', 'event-retention', 'audit-retention', 'answer-retention'];
  const sql = await connect(database);
  const runs = async () => {
    const rows = await sql.query('SELECT name, lastRunAt FROM leases');
    return new Map(rows.map((row) => [row['name'], Number(row['lastRunAt'])]));
  };
  // A run that was under way may end first: the second one is whole.
  for (const _whole of [1, 2]) {
    const before = await runs();
    await eventually(async () => {
      const now = await runs();
      return jobs.every((job) => now.has(job) && now.get(job) !== before.get(job));
    });
  }
  await sql.close();
}

test('set forward by an hour it archives nobody who speaks up again, and forgets nothing that is fresh', async () => {
  const house = await open();
  const { client, key } = await house.program();
  // The time after a start, in which nothing is archived, is over.
  house.clock.advance(16 * MINUTE);
  const sessions = await Promise.all(['a', 'b', 'c'].map((name) => client.sessions.create({ name })));
  const [silent, ...speaking] = sessions.map(({ sessionId }) => sessionId);
  const once = { method: 'POST', path: '/v1/sessions', body: '{"name":"Once"}' };
  const headers = { ...bearer(key), 'content-type': 'application/json', 'idempotency-key': randomName() };
  const answer = await send(house.url, { ...once, headers });
  await jobsRun(house);
  house.clock.set(HOUR);
  await jobsRun(house);
  expect((await client.sessions.list({ programId: (await client.me()).programId ?? '' })).sessions).toHaveLength(4);
  house.clock.advance(10 * MINUTE);
  for (const sessionId of speaking) await client.sessions.update(sessionId, { status: 'Here.', lastHeartbeat: true });
  await jobsRun(house);
  for (const { sessionId } of sessions) expect(await client.sessions.get(sessionId)).toMatchObject({ archived: false });
  const again = await send(house.url, { ...once, headers });
  expect([again.text, again.headers['idempotent-replayed']]).toEqual([answer.text, 'true']);
  expect((await take(house.admin.events({ after: 0 }), 1))[0]?.sequence).toBe(1);
  // Who has said nothing by then is archived as ever.
  house.clock.advance(6 * MINUTE);
  await eventually(async () => (await client.sessions.get(silent ?? '')).archived);
  for (const sessionId of speaking) expect(await client.sessions.get(sessionId)).toMatchObject({ archived: false });
});

test('set back by an hour it moves no heartbeat back, keeps claims, and revives no key', async () => {
  const house = await open();
  const { client, programId, key } = await house.program();
  const revoked = await house.program();
  const rotated = await house.program();
  const { sessionId } = await client.sessions.create({ name: 'At work' });
  const { taskId } = await house.admin.tasks.create({ title: 'Work', target: programId });
  await client.tasks.claim(taskId, sessionId);
  const { keyId } = await revoked.client.me();
  await house.admin.keys.revoke(keyId);
  const successor = await house.admin.keys.rotate((await rotated.client.me()).keyId);
  const before = await client.sessions.get(sessionId);

  house.clock.set(-HOUR);
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
    const { status } = await send(house.url, { method: 'GET', path: '/v1/me', headers: bearer(old) });
    expect(status).toBe(401);
  }
  expect(await house.client(successor.key).me()).toMatchObject({ programId: rotated.programId });
  expect((await send(house.url, { method: 'GET', path: '/v1/me', headers: bearer(key) })).status).toBe(200);
  await jobsRun(house);
  const events = await take(house.admin.events({ after: 0 }), 5);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
});

test('set back by an hour webhooks are sent at once, those that waited too', async () => {
  const house = await open();
  const receiver = await openReceiver();
  cleanups.push(() => receiver.close());
  await house.admin.keys.create({ programId: 'builder' });
  await house.admin.webhooks.create({ url: receiver.url, kinds: ['task.created'] });
  const give = (title: string) => house.admin.tasks.create({ title, target: 'builder' });
  await give('First');
  await eventually(async () => receiver.received.length === 1);
  receiver.answer(503);
  await give('Waits');
  await eventually(async () => receiver.received.length === 2);
  house.clock.set(-HOUR);
  receiver.answer(204);
  await give('Later');
  await eventually(async () => receiver.received.length === 4);
});

test('set back by an hour heartbeats are told to those who watch, once each', async () => {
  const house = await open();
  const { client } = await house.program();
  const { sessionId } = await client.sessions.create({ name: 'At work' });
  house.clock.set(-HOUR);
  const told: string[] = [];
  const ending = new AbortController();
  const watching = (async () => {
    const onPulse = (pulses: readonly SessionPulse[]) => void told.push(...pulses.map((each) => each.lastHeartbeat));
    for await (const _event of client.events({ onPulse, signal: ending.signal }));
  })();
  const sent: string[] = [];
  for (const beats of [1, 2, 3]) {
    sent.push((await client.sessions.update(sessionId, { status: 'Idle', lastHeartbeat: true })).lastHeartbeat);
    await eventually(async () => told.includes(sent.at(-1) ?? ''));
    expect(sent).toHaveLength(beats);
  }
  ending.abort();
  await watching;
  expect(new Set(told).size).toBe(told.length);
});

test('a lease of a process that died before the clock was set back holds its job up for seconds, not for an hour', async () => {
  const house = await open({});
  const clocks = [new MovableClock(), new MovableClock()] as const;
  const [first, second] = await Promise.all(
    clocks.map(async (clock) => {
      const store = await openStore(house.database.url);
      cleanups.push(() => store.close());
      return new Leases(store, clock);
    }),
  );
  expect(await first?.take('work')).toBe(true);
  expect(await second?.take('work')).toBe(false);
  clocks[1].set(-10 * SECOND);
  expect(await second?.take('work')).toBe(false);
  clocks[1].set(-HOUR);
  expect(await second?.take('work')).toBe(true);
});
