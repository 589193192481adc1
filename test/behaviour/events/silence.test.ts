import { afterEach, beforeEach, expect, test } from 'vitest';
import { read, take } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { runSql } from '../../support/sql.ts';

const MINUTE = 60_000;
const environment = { FLEETBEAT_SWEEP_EVERY: '20ms' };

let house: TestHouse;
let other: TestHouse;
beforeEach(async () => {
  house = await openTestHouse({ environment });
  other = await openTestHouse({ environment, database: house.database });
});
afterEach(async () => {
  await other.close();
  await house.close();
});

const advance = (ms: number) => {
  house.clock.advance(ms);
  other.clock.advance(ms);
};

/** Resolves when both servers have looked around since. */
async function swept(): Promise<void> {
  const ranAt = async () => {
    const ready = await fetch(`${house.url}/readyz`);
    return ((await ready.json()) as { sweep: { lastRunAt: string | null } }).sweep.lastRunAt;
  };
  for (let round = 0; round < 6; round += 1) {
    const before = await ranAt();
    advance(1);
    await eventually(async () => (await ranAt()) !== before);
  }
}

const told = (events: readonly { kind: string; sessionId: string | null }[]) =>
  events.map(({ kind, sessionId }) => `${kind} ${sessionId}`);

test('a session that falls silent is told to be stale once, by two servers too, and again when it falls silent anew', async () => {
  const { client } = await house.account('unlimited');
  const events = client.events({ after: 0, kinds: ['session.stale', 'session.stuck'] });
  for (const [sessionId, state] of [
    ['blocked', 'blocked'],
    ['pinned', 'pinned'],
    ['complete', 'complete'],
  ] as const)
    await client.sessions.create({ name: sessionId, sessionId, state });
  advance(15 * MINUTE + 500);
  expect(told(await read(events, 2)).toSorted()).toEqual(['session.stale blocked', 'session.stale pinned']);
  await swept();
  await client.sessions.update('blocked', { status: 'Back', lastHeartbeat: true });
  await swept();
  advance(15 * MINUTE + 500);
  const [again] = await read(events, 1);
  expect(again).toMatchObject({ kind: 'session.stale', sessionId: 'blocked', data: { status: 'Back' } });
  await swept();
  await client.sessions.create({ name: 'Last', sessionId: 'last', state: 'pinned' });
  advance(15 * MINUTE + 500);
  expect(told(await read(events, 1))).toEqual(['session.stale last']);
  await events.return();
});

test('a working session that lives without progress is told to be stuck once, and again after it has moved', async () => {
  const { client } = await house.account('unlimited');
  const events = client.events({ after: 0, kinds: ['session.stale', 'session.stuck'] });
  await client.sessions.create({ name: 'Stuck', sessionId: 's', status: 'Thinking' });
  const beat = (status: string) => client.sessions.update('s', { status, lastHeartbeat: true });
  for (let round = 0; round < 3; round += 1) {
    advance(10 * MINUTE);
    await beat('Thinking');
  }
  expect(told(await read(events, 1))).toEqual(['session.stuck s']);
  await beat('Thinking');
  await swept();
  await beat('Moving');
  for (let round = 0; round < 3; round += 1) {
    advance(10 * MINUTE);
    await beat('Moving');
  }
  const [again] = await read(events, 1);
  expect(again).toMatchObject({ kind: 'session.stuck', data: { status: 'Moving' } });
  await events.return();
});

test('however many sessions fell silent while no server ran, each is told once', async () => {
  const { accountId, client } = await house.account('unlimited');
  const count = 1_100;
  const at = house.clock.now() - 60 * MINUTE;
  const row = (_: unknown, index: number) =>
    `('${accountId}', 's-${index}', 'Silent', 'pinned', 0, ${at}, ${at}, ${at}, ${at}, 0, 1)`;
  await runSql(
    house.database,
    `INSERT INTO sessions (accountId, sessionId, name, state, handoffRequired, createdAt, updatedAt, lastHeartbeat,
      lastProgressAt, archived, changes) VALUES ${Array.from({ length: count }, row).join(', ')}`,
  );
  // Both servers have looked further than that already; one that starts looks at everything.
  const later = await openTestHouse({ environment, database: house.database });
  const events = client.events({ after: 0, kinds: ['session.stale'] });
  const told = await read(events, count);
  expect(new Set(told.map(({ sessionId }) => sessionId)).size).toBe(count);
  await swept();
  await client.sessions.create({ name: 'Next' });
  expect(await take(client.events({ after: count }), 1)).toMatchObject([{ kind: 'session.created' }]);
  await events.return();
  await later.close();
});
