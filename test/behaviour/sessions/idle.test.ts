/** An idle session has ended its turn and waits for its person: its silence means nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STALE = 15 * MINUTE + 1;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '20ms' } });
  server.clock.advance(20 * MINUTE); // Past the grace period after a start.
});
afterAll(() => server.close());

const beginIdle = async (client: Fleetbeat, state: 'working' | 'blocked' | 'pinned' = 'working') => {
  const { sessionId } = await client.sessions.create({ name: 'Auth', state });
  const session = await client.sessions.update(sessionId, { status: 'Done. What next?', idle: true });
  return { sessionId, session };
};

/** Resolves when a sweep that began after this call has ended. */
async function waitForSweep(): Promise<void> {
  const readLastRun = async () => {
    const ready = await fetch(`${server.url}/readyz`);
    return ((await ready.json()) as { sweep: { lastRunAt: string | null } }).sweep.lastRunAt;
  };
  for (const _round of [1, 2]) {
    const before = await readLastRun();
    server.clock.advance(1);
    await eventually(async () => (await readLastRun()) !== before);
  }
}

test('idle is told, shown everywhere, and an entry in the timeline', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId, session } = await beginIdle(client);
  expect(session).toMatchObject({ idle: true, state: 'working', lastProgressAt: session.updatedAt });
  expect(await client.sessions.get(sessionId)).toMatchObject({ idle: true });
  expect((await client.sessions.list({ programId })).sessions).toMatchObject([{ idle: true }]);
  const { changes } = await client.sessions.timeline(sessionId);
  expect(changes.map(({ idle }) => idle)).toEqual([true, false]);
  expect(await client.sessions.create({ name: 'Born idle', idle: true })).toMatchObject({ idle: true });
});

test.each<[string, object, boolean]>([
  ['a status', { status: 'Next turn' }, false],
  ['the same status', { status: 'Done. What next?' }, false],
  ['a state', { status: 'Next turn', state: 'blocked' }, false],
  ['a heartbeat that says so again', { status: 'Done. What next?', lastHeartbeat: true, idle: true }, true],
  ['its end', { status: 'Done', state: 'complete', idle: true }, false],
])('after %s %j the session is idle: %s', async (_what, change, idle) => {
  const { client } = await server.createProgram();
  const { sessionId } = await beginIdle(client);
  expect(await client.sessions.update(sessionId, change as { status: string })).toMatchObject({ idle });
});

test('a create with its id ends it only by a status or state', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await beginIdle(client);
  expect(await client.sessions.create({ sessionId, name: 'Renamed' })).toMatchObject({ idle: true, name: 'Renamed' });
  expect(await client.sessions.create({ sessionId, name: 'Renamed', status: 'Works' })).toMatchObject({ idle: false });
});

test('an idle session is never stuck, and starts its next turn with the time for a whole one', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await beginIdle(client);
  for (const _beat of Array.from({ length: 12 })) {
    server.clock.advance(10 * MINUTE);
    await client.sessions.update(sessionId, { status: 'Done. What next?', idle: true, lastHeartbeat: true });
  }
  expect(await client.sessions.get(sessionId)).toMatchObject({ stuck: false, stale: false, idle: true });
  const next = await client.sessions.update(sessionId, { status: 'Done. What next?', lastHeartbeat: true });
  expect(next).toMatchObject({ idle: false, stuck: false, lastProgressAt: next.updatedAt });
});

test('a silent idle session reads idle and not stale, and causes no event', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await beginIdle(client);
  server.clock.advance(5 * HOUR);
  await waitForSweep();
  expect(await client.sessions.get(sessionId)).toMatchObject({
    idle: true,
    stale: false,
    stuck: false,
    archived: false,
  });
  const { programs } = await server.admin.fleet.health();
  expect(programs.find((each) => each.programId === programId)).toMatchObject({
    state: 'working',
    health: 'idle',
    activeSessions: 0,
  });
  expect((await client.sessions.timeline(sessionId)).changes.map(({ kind }) => kind)).toEqual(['updated', 'created']);
});

test('it holds its slot for the stale period, and none beyond it', async () => {
  const { client } = await server.createAccount('free');
  const { sessionId } = await beginIdle(client);
  await expect(client.sessions.create({ name: 'Second' })).rejects.toMatchObject({ kind: 'session-limit-reached' });
  server.clock.advance(STALE);
  const second = await client.sessions.create({ name: 'Second' });
  // Its next turn needs a slot again.
  const next = { status: 'Next turn', lastHeartbeat: true };
  await expect(client.sessions.update(sessionId, next)).rejects.toMatchObject({ kind: 'session-limit-reached' });
  await client.sessions.update(second.sessionId, { status: 'Done', state: 'complete' });
  expect(await client.sessions.update(sessionId, next)).toMatchObject({ idle: false, state: 'working' });
});

test('a boot takes over from an idle session only when that asked for it', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await beginIdle(client);
  server.clock.advance(2 * HOUR);
  await waitForSweep();
  const beside = await client.programs.boot(programId, { name: 'Beside it' });
  expect(beside.previousSession).toMatchObject({ sessionId, ended: 'alive' });
  expect(await client.sessions.update(sessionId, { status: 'Its person is back' })).toMatchObject({ successor: null });
  const asks = await client.sessions.update(sessionId, { status: 'Full', idle: true, handoffRequired: true });
  expect(asks).toMatchObject({ idle: true, handoffRequired: true });
  const after = await client.programs.boot(programId, { name: 'After it' });
  expect((await client.sessions.get(sessionId)).successor).toBe(after.session.sessionId);
});

test.each(['working', 'blocked'] as const)(
  'a silent idle %s session is archived after a day, as idle',
  async (state) => {
    const { programId, client } = await server.createProgram();
    const { sessionId } = await beginIdle(client, state);
    server.clock.advance(24 * HOUR - 5 * MINUTE);
    await waitForSweep();
    expect(await client.sessions.get(sessionId)).toMatchObject({ archived: false });
    server.clock.advance(5 * MINUTE);
    await eventually(async () => (await client.sessions.get(sessionId)).archived);
    expect(await client.sessions.get(sessionId)).toMatchObject({ archiveReason: 'idle', idle: true });
    const boot = await client.programs.boot(programId, { name: 'The next day' });
    expect(boot.previousSession).toMatchObject({ sessionId, ended: 'idle' });
    // Its person comes back: the same run goes on.
    const back = await client.sessions.update(sessionId, { status: 'Next turn', lastHeartbeat: true });
    expect(back).toMatchObject({ archived: false, archiveReason: null, idle: false });
  },
);

test('a pinned idle session stays', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await beginIdle(client, 'pinned');
  server.clock.advance(30 * 24 * HOUR);
  await waitForSweep();
  expect(await client.sessions.get(sessionId)).toMatchObject({ archived: false, stale: false, idle: true });
});

test('idle sessions that fall silent together are no mass silence, and spare nobody', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const idle = await Promise.all(Array.from({ length: 6 }, () => beginIdle(admin)));
  const silent = await admin.sessions.create({ name: 'Dies' });
  server.clock.advance(HOUR);
  await eventually(async () => (await admin.sessions.get(silent.sessionId)).archived);
  expect((await admin.fleet.health()).massSilence).toBeNull();
  for (const { sessionId } of idle)
    expect(await admin.sessions.get(sessionId)).toMatchObject({ archived: false, stale: false });
});

test('the heartbeats of the typed client leave an idle session idle', async () => {
  const { client } = await server.createProgram();
  const session = await client.session({ name: 'Auth', status: 'Works' });
  expect(await session.idle('Done')).toMatchObject({ idle: true, status: 'Done' });
  expect(await session.update({})).toMatchObject({ idle: true, status: 'Done' });
  expect(await session.update('Next turn')).toMatchObject({ idle: false });
  session.leave();
});
