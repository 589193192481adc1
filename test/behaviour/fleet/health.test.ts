import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const server = useTestServer({ stopClock: true });

const readHealth = async (programId: string) => {
  const { programs } = await server.admin.fleet.health();
  return programs.find((program) => program.programId === programId) ?? expect.fail(`${programId} is not there`);
};

test('each program of the account has one row, with the fields of the specification and the added ones', async () => {
  const { programId } = await server.createProgram();
  const { programs } = await server.admin.fleet.health();
  expect(programs.filter((program) => program.programId === programId)).toHaveLength(1);
  expect(Object.keys(await readHealth(programId)).sort()).toEqual([
    'activeSessions',
    'contextUsedPercent',
    'handoffRequired',
    'health',
    'heartbeatAge',
    'heartbeatAgeSeconds',
    'lastHeartbeat',
    'pendingMessages',
    'pendingTasks',
    'programId',
    'state',
  ]);
});

test('a program without any session is offline, and its ages are null', async () => {
  const { programId } = await server.createProgram();
  expect(await readHealth(programId)).toEqual({
    programId,
    lastHeartbeat: null,
    heartbeatAge: null,
    heartbeatAgeSeconds: null,
    pendingMessages: 0,
    pendingTasks: 0,
    state: null,
    health: 'offline',
    activeSessions: 0,
    handoffRequired: false,
    contextUsedPercent: null,
  });
});

test('the row speaks of one session: one that needs somebody before one that does not', async () => {
  const { programId, client } = await server.createProgram();
  const blocked = await client.sessions.create({
    name: 'Blocked',
    state: 'blocked',
    contextBytes: 1,
    contextLimitBytes: 4,
  });
  server.clock.advance(SECOND);
  const asking = await client.sessions.create({ name: 'Asks for a successor', state: 'pinned', handoffRequired: true });
  server.clock.advance(SECOND);
  const working = await client.sessions.create({ name: 'Works' });
  expect(await readHealth(programId)).toMatchObject({
    state: 'blocked',
    lastHeartbeat: blocked.lastHeartbeat,
    handoffRequired: false,
    contextUsedPercent: 25,
    activeSessions: 3,
  });
  await client.sessions.update(blocked.sessionId, { status: 'Done', state: 'complete' });
  expect(await readHealth(programId)).toMatchObject({
    state: 'pinned',
    lastHeartbeat: asking.lastHeartbeat,
    handoffRequired: true,
    contextUsedPercent: null,
  });
  await client.sessions.update(asking.sessionId, { status: 'Done', state: 'complete' });
  expect(await readHealth(programId)).toMatchObject({
    state: 'working',
    lastHeartbeat: working.lastHeartbeat,
    handoffRequired: false,
    health: 'healthy',
  });
});

test('a late heartbeat of a completed session hides no live one', async () => {
  const { programId, client } = await server.createProgram();
  const done = await client.sessions.create({ name: 'Done', state: 'complete' });
  const { lastHeartbeat } = await client.sessions.create({ name: 'Live' });
  server.clock.advance(2 * MINUTE);
  await client.sessions.update(done.sessionId, { status: 'A late word', lastHeartbeat: true });
  expect(await readHealth(programId)).toMatchObject({ state: 'working', lastHeartbeat, heartbeatAge: '2m' });
});

test('of a program without a live session the row speaks of the newest', async () => {
  const { programId, client } = await server.createProgram();
  await client.sessions.create({ name: 'First', state: 'complete' });
  server.clock.advance(SECOND);
  const last = await client.sessions.create({ name: 'Last', state: 'complete', contextBytes: 1, contextLimitBytes: 2 });
  expect(await readHealth(programId)).toMatchObject({
    state: 'complete',
    lastHeartbeat: last.lastHeartbeat,
    contextUsedPercent: 50,
    health: 'offline',
  });
});

test('a program is healthy while a session is alive, stale when its live ones are silent, offline when none is live', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth' });
  await client.sessions.create({ name: 'Done', state: 'complete' });
  expect(await readHealth(programId)).toMatchObject({ health: 'healthy', activeSessions: 1 });
  server.clock.advance(15 * MINUTE);
  expect(await readHealth(programId)).toMatchObject({ health: 'healthy', activeSessions: 1 });
  server.clock.advance(1);
  expect(await readHealth(programId)).toMatchObject({ health: 'stale', activeSessions: 0, heartbeatAge: '15m' });
  await client.sessions.create({ name: 'Next' });
  expect(await readHealth(programId)).toMatchObject({ health: 'healthy', activeSessions: 1 });
  await client.sessions.update('current', { status: 'Done', state: 'complete' });
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  expect(await readHealth(programId)).toMatchObject({ health: 'offline', activeSessions: 0 });
});

test('reading fleet health changes nothing', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth' });
  const before = await client.sessions.get(sessionId);
  expect(await server.admin.fleet.health()).toEqual(await server.admin.fleet.health());
  expect(await client.sessions.get(sessionId)).toEqual(before);
});

test('an admin sees the health of the fleet; a program and an auditor do not', async () => {
  const { client } = await server.createProgram();
  const admin = server.client((await server.admin.keys.create({ role: 'admin' })).key);
  expect((await admin.fleet.health()).programs.length).toBeGreaterThan(0);
  const auditor = server.client((await server.admin.keys.create({ role: 'auditor' })).key);
  for (const other of [client, auditor]) {
    await expect(other.fleet.health()).rejects.toMatchObject({ status: 403, kind: 'forbidden' });
  }
});
