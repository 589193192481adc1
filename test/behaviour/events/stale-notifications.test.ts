import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFirst, readNext } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { runSql } from '../../support/sql.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const MINUTE = 60_000;
const environment = { FLEETBEAT_SWEEP_EVERY: '20ms' };

let server: TestServer;
let other: TestServer;
beforeEach(async () => {
  server = await startTestServer({ environment });
  other = await startTestServer({ environment, database: server.database });
});
afterEach(async () => {
  await other.close();
  await server.close();
});

const advanceClocks = (ms: number) => {
  server.clock.advance(ms);
  other.clock.advance(ms);
};

/** Resolves when both servers have looked around since. */
async function waitForSweep(): Promise<void> {
  const ranAt = async () => {
    const ready = await fetch(`${server.url}/readyz`);
    return ((await ready.json()) as { sweep: { lastRunAt: string | null } }).sweep.lastRunAt;
  };
  for (let round = 0; round < 6; round += 1) {
    const before = await ranAt();
    advanceClocks(1);
    await eventually(async () => (await ranAt()) !== before);
  }
}

const describeEvents = (events: readonly { type: string; sessionId: string | null }[]) =>
  events.map(({ type, sessionId }) => `${type} ${sessionId}`);

test('stale is one event per silence, even with two servers', async () => {
  const { client } = await server.createAccount('unlimited');
  const events = client.events({ after: 0, types: ['session.stale', 'session.stuck'] });
  for (const [sessionId, state] of [
    ['blocked', 'blocked'],
    ['pinned', 'pinned'],
    ['complete', 'complete'],
  ] as const)
    await client.sessions.create({ name: sessionId, sessionId, state });
  advanceClocks(15 * MINUTE + 500);
  expect(describeEvents(await readNext(events, 2)).toSorted()).toEqual([
    'session.stale blocked',
    'session.stale pinned',
  ]);
  await waitForSweep();
  await client.sessions.update('blocked', { status: 'Back', lastHeartbeat: true });
  await waitForSweep();
  advanceClocks(15 * MINUTE + 500);
  const [again] = await readNext(events, 1);
  expect(again).toMatchObject({ type: 'session.stale', sessionId: 'blocked', data: { status: 'Back' } });
  await waitForSweep();
  await client.sessions.create({ name: 'Last', sessionId: 'last', state: 'pinned' });
  advanceClocks(15 * MINUTE + 500);
  expect(describeEvents(await readNext(events, 1))).toEqual(['session.stale last']);
  await events.return();
});

test('stuck is one event per lack of progress', async () => {
  const { client } = await server.createAccount('unlimited');
  const events = client.events({ after: 0, types: ['session.stale', 'session.stuck'] });
  await client.sessions.create({ name: 'Stuck', sessionId: 's', status: 'Thinking' });
  const sendHeartbeat = (status: string) => client.sessions.update('s', { status, lastHeartbeat: true });
  for (let round = 0; round < 3; round += 1) {
    advanceClocks(10 * MINUTE);
    await sendHeartbeat('Thinking');
  }
  expect(describeEvents(await readNext(events, 1))).toEqual(['session.stuck s']);
  await sendHeartbeat('Thinking');
  await waitForSweep();
  await sendHeartbeat('Moving');
  for (let round = 0; round < 3; round += 1) {
    advanceClocks(10 * MINUTE);
    await sendHeartbeat('Moving');
  }
  const [again] = await readNext(events, 1);
  expect(again).toMatchObject({ type: 'session.stuck', data: { status: 'Moving' } });
  await events.return();
});

test('each session that fell silent before a start gives one event, a stale period after the service hears again', async () => {
  const { accountId, client } = await server.createAccount('unlimited');
  const count = 1_100;
  const at = server.clock.now() - 60 * MINUTE;
  const row = (_: unknown, index: number) =>
    `('${accountId}', 's-${index}', 'Silent', 'pinned', 0, ${at}, ${at}, ${at}, ${at}, 0, 1)`;
  await runSql(
    server.database,
    `INSERT INTO sessions (accountId, sessionId, name, state, handoffRequired, createdAt, updatedAt, lastHeartbeat,
      lastProgressAt, archived, changes) VALUES ${Array.from({ length: count }, row).join(', ')}`,
  );
  const later = await startTestServer({ environment, database: server.database });
  for (const { clock } of [server, other, later]) clock.advance(16 * MINUTE);
  const events = client.events({ after: 0, types: ['session.stale'] });
  const receivedEvents = await readNext(events, count);
  expect(new Set(receivedEvents.map(({ sessionId }) => sessionId)).size).toBe(count);
  await waitForSweep();
  await client.sessions.create({ name: 'Next' });
  expect(await readFirst(client.events({ after: count }), 1)).toMatchObject([{ type: 'session.created' }]);
  await events.return();
  await later.close();
});
