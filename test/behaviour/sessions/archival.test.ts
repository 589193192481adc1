import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { eventually } from '../../support/eventually.ts';
import { connect } from '../../support/sql.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '20ms' } });
  server.clock.advance(20 * MINUTE); // past the grace after a start
});
afterEach(() => server.close());

const read = (client: Fleetbeat, sessionId: string) => client.sessions.get(sessionId);
const archived = (client: Fleetbeat, sessionId: string) =>
  eventually(async () => {
    const session = await read(client, sessionId);
    return session.archived && session;
  });

/** Resolves when a sweep that began after this moment has come to its end. */
async function waitForSweep(): Promise<void> {
  for (const _round of [1, 2]) {
    const before = await lastRun();
    server.clock.advance(1);
    await eventually(async () => (await lastRun()) !== before);
  }
}
const lastRun = async (): Promise<string | null> => {
  const ready = (await (await fetch(`${server.url}/readyz`)).json()) as { sweep: { lastRunAt: string | null } };
  return ready.sweep.lastRunAt;
};

test('a silent session is archived after an hour, with one event and one entry in its timeline', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Silent', state: 'blocked' });
  server.clock.advance(HOUR);
  const session = await archived(client, sessionId);
  expect(session).toMatchObject({ archiveReason: 'silent', state: 'blocked', stale: false });
  expect((await client.sessions.list()).sessions).toEqual([]);
  expect((await client.sessions.list({ includeArchived: true })).sessions).toHaveLength(1);
  const { changes } = await client.sessions.timeline(sessionId);
  expect(changes.map(({ kind }) => kind)).toEqual(['archived', 'created']);
  await waitForSweep();
  const sql = await connect(server.database);
  const events = await sql.query('SELECT kind FROM events WHERE sessionId = ? ORDER BY seq', [sessionId]);
  await sql.close();
  // A sweep that the clock overtakes may archive before another one has told that the session is stale.
  const kinds = events.map(({ kind }) => kind).join(', ');
  expect(kinds).toMatch(/^session\.created, session\.blocked(, session\.stale)?, session\.archived$/);
});

test('a pinned session that is silent for 30 days stays', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Pinned', state: 'pinned' });
  server.clock.advance(30 * 24 * HOUR);
  await waitForSweep();
  expect(await read(client, sessionId)).toMatchObject({ archived: false, stale: true, state: 'pinned' });
});

test('a complete session is archived a day after its completion, whatever it says meanwhile', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Done', state: 'complete' });
  server.clock.advance(23 * HOUR);
  await client.sessions.update(sessionId, { status: 'A late word', lastHeartbeat: true });
  await waitForSweep();
  expect((await read(client, sessionId)).archived).toBe(false);
  server.clock.advance(HOUR);
  expect(await archived(client, sessionId)).toMatchObject({ archiveReason: 'complete' });
});

test('an archived session that updates again is live again', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Laptop', state: 'blocked' });
  server.clock.advance(2 * HOUR);
  await archived(client, sessionId);
  const back = await client.sessions.update(sessionId, { status: 'The lid is open', lastHeartbeat: true });
  expect(back).toMatchObject({ archived: false, archiveReason: null, archivedAt: null, state: 'blocked' });
});

test('an archived session of a full account is refused, and comes back when there is room', async () => {
  const { client } = await server.createAccount('free');
  const first = await client.sessions.create({ name: 'First' });
  server.clock.advance(2 * HOUR);
  await archived(client, first.sessionId);
  const second = await client.sessions.create({ name: 'Second' });
  const late = client.sessions.update(first.sessionId, { status: 'Back' });
  await expect(late).rejects.toMatchObject({
    kind: 'session-limit-reached',
    problem: { inTheWay: [second.sessionId] },
  });
  expect((await read(client, first.sessionId)).archived).toBe(true);
  await client.sessions.update(second.sessionId, { status: 'Done', state: 'complete' });
  expect((await client.sessions.update(first.sessionId, { status: 'Back' })).archived).toBe(false);
});

test('half a fleet that falls silent at once is spared, with one event, until an admin ends that', async () => {
  const { client } = await server.createAccount('unlimited');
  const ids = await Promise.all(
    Array.from({ length: 6 }, async (_, index) => (await client.sessions.create({ name: `${index}` })).sessionId),
  );
  const alive = await client.sessions.create({ name: 'Alive' });
  const sendHeartbeat = () => client.sessions.update(alive.sessionId, { status: 'Here', lastHeartbeat: true });
  server.clock.advance(58 * MINUTE);
  await sendHeartbeat();
  server.clock.advance(3 * MINUTE);
  await waitForSweep();
  for (const id of ids) expect(await read(client, id)).toMatchObject({ archived: false, stale: true });
  const { massSilence } = await client.fleet.health();
  expect(massSilence).toMatchObject({ sessions: 6 });
  await waitForSweep();
  const sql = await connect(server.database);
  const events = await sql.query("SELECT seq FROM events WHERE kind = 'mass-silence'");
  await sql.close();
  expect(events).toHaveLength(1);
  await client.fleet.endMassSilence();
  for (const id of ids) await archived(client, id);
  expect((await read(client, alive.sessionId)).archived).toBe(false);
});

test('a mass silence spares for six hours and no longer', async () => {
  const { client } = await server.createAccount('unlimited');
  const { sessionId } = await client.sessions.create({ name: 'One of five' });
  await Promise.all(Array.from({ length: 4 }, () => client.sessions.create({ name: 'Another of five' })));
  server.clock.advance(5 * HOUR);
  await waitForSweep();
  expect((await read(client, sessionId)).archived).toBe(false);
  server.clock.advance(HOUR);
  await archived(client, sessionId);
});

test('a server that was down for two hours archives nothing at its start', async () => {
  const { client, key } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Patient' });
  const restarted = await startTestServer({
    database: server.database,
    environment: { FLEETBEAT_SWEEP_EVERY: '20ms' },
    clockOffsetMs: 3 * HOUR,
  });
  const later = restarted.client(key);
  const lastRunThere = async () =>
    ((await (await fetch(`${restarted.url}/readyz`)).json()) as { sweep: { lastRunAt: string } }).sweep.lastRunAt;
  const before = await lastRunThere();
  await eventually(
    async () =>
      (await lastRunThere()) > before && new Date(await lastRunThere()).getTime() > restarted.clock.now() - HOUR,
  );
  expect(await later.sessions.get(sessionId)).toMatchObject({ archived: false, stale: false });
  const back = await later.sessions.update(sessionId, { status: 'You are back', lastHeartbeat: true });
  expect(back.stale).toBe(false);
  await restarted.close();
});

test('a heartbeat that lands during the sweep keeps its session', async () => {
  const { client } = await server.createAccount('unlimited');
  const sessions = await Promise.all(
    Array.from({ length: 40 }, (_, index) => client.sessions.create({ name: `${index}` })),
  );
  await client.fleet.endMassSilence().catch(() => undefined);
  server.clock.advance(7 * HOUR);
  const spoken = sessions.filter((_, index) => index % 2 === 0);
  await Promise.all(
    spoken.map(({ sessionId }) => client.sessions.update(sessionId, { status: 'Here', lastHeartbeat: true })),
  );
  await waitForSweep();
  for (const { sessionId } of spoken) expect((await read(client, sessionId)).archived).toBe(false);
  for (const { sessionId } of sessions.filter((_, index) => index % 2 === 1))
    expect((await read(client, sessionId)).archived).toBe(true);
});
