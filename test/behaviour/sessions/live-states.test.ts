/**
 * What holds for a live session holds in every live state, wherever the server asks whether a session is live. Each test
 * fails when a state is missing in the one place that it is about.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import document from '../../../openapi/generated/openapi.json' with { type: 'json' };
import { openRawEventStream, readNext } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const MINUTE = 60_000;
const STALE = 15 * MINUTE + 1;
const HOUR = 60 * MINUTE;

type State = Awaited<ReturnType<Fleetbeat['sessions']['get']>>['state'];
const LIVE_STATES = (document.components.schemas.SessionState.enum as State[]).filter((state) => state !== 'complete');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '20ms' } });
  server.clock.advance(20 * MINUTE); // Past the grace period after a start.
});
afterAll(() => server.close());

const createMany = (client: Fleetbeat, count: number, state: State) =>
  Promise.all(Array.from({ length: count }, () => client.sessions.create({ name: 'One of many', state })));

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

async function readGauge(): Promise<number> {
  const headers = { Authorization: `Bearer ${server.adminKey}` };
  const text = await (await fetch(`${server.url}/metrics`, { headers })).text();
  const line = text.split('\n').find((each) => each.startsWith('fleetbeat_sessions{liveness="active"}'));
  return Number(line?.split(' ').at(-1));
}

describe.each(LIVE_STATES)('a %s session', (state) => {
  test('takes a slot of its tier, until it is stale', async () => {
    const { client } = await server.createAccount('free');
    const { sessionId } = await client.sessions.create({ name: 'First', state });
    await expect(client.sessions.create({ name: 'Second' })).rejects.toMatchObject({
      kind: 'session-limit-reached',
      problem: { active: 1, inTheWay: [sessionId] },
    });
    server.clock.advance(STALE);
    expect((await client.sessions.create({ name: 'Second' })).state).toBe('working');
  });

  test('is the current session of its program', async () => {
    const { client } = await server.createProgram();
    const { sessionId } = await client.sessions.create({ name: 'Current', state });
    expect((await client.sessions.get('current')).sessionId).toBe(sessionId);
    expect(await client.sessions.update('current', { status: 'Here' })).toMatchObject({ sessionId, state });
  });

  test('is in the lists of sessions', async () => {
    const { client, programId } = await server.createProgram();
    const { sessionId } = await client.sessions.create({ name: 'Listed', state });
    for (const query of [{}, { state }, { programId }, { programId, state }]) {
      expect((await client.sessions.list(query)).sessions.map((each) => each.sessionId)).toContain(sessionId);
    }
  });

  test('sends its heartbeats to those who follow its account', async () => {
    const { client, key } = await server.createAccount('unlimited');
    const { sessionId } = await client.sessions.create({ name: 'Followed', status: 'Here', state });
    const stream = await openRawEventStream(server.url, key, '?pulse=true');
    expect((await stream.next())?.event).toBe('position');
    await client.sessions.update(sessionId, { status: 'Here', lastHeartbeat: true });
    expect(await stream.next()).toMatchObject({ event: 'pulse', data: expect.stringContaining(`"${sessionId}"`) });
    stream.close();
  });

  test('counts as active in the metrics, until it is stale', async () => {
    server.clock.advance(STALE); // No session of another test is active.
    const { client } = await server.createAccount('unlimited');
    await client.sessions.create({ name: 'Counted', state });
    expect(await readGauge()).toBe(1);
    server.clock.advance(STALE);
    expect(await readGauge()).toBe(0);
  });

  test('keeps its program healthy in the fleet, and makes it stale once it is silent', async () => {
    const { client } = await server.createAccount('unlimited');
    await client.sessions.create({ name: 'Watched', programId: 'builder', state });
    const readHealth = async () => (await client.fleet.health()).programs[0];
    expect(await readHealth()).toMatchObject({ health: 'healthy', activeSessions: 1, state });
    server.clock.advance(STALE);
    expect(await readHealth()).toMatchObject({ health: 'stale', activeSessions: 0, state });
  });

  test('holds the tasks that it has claimed, until it is stale', async () => {
    const { client, key } = await server.createAccount('unlimited');
    const programId = 'builder';
    const agent = server.client((await client.keys.create({ programId })).key);
    const { sessionId } = await agent.sessions.create({ name: 'Claimant', status: 'Busy', state });
    const { taskId } = await client.tasks.create({ title: 'Review', target: programId });
    const readPending = async () => ({
      listed: (await client.tasks.list({ state: 'claimed' })).tasks.map((task) => task.taskId),
      reported: (await agent.sessions.update(sessionId, { status: 'Busy' })).pendingTasks,
      inFleet: (await client.fleet.health()).programs[0]?.pendingTasks,
    });
    await agent.tasks.claim(taskId, sessionId);
    expect(await readPending()).toEqual({ listed: [taskId], reported: 0, inFleet: 0 });
    server.clock.advance(STALE);
    expect((await client.fleet.health()).programs[0]?.pendingTasks).toBe(1);
    expect((await client.tasks.list({ state: 'claimed' })).tasks).toEqual([]);
    expect((await server.client(key).tasks.get(taskId)).state).toBe('created');
  });

  test.each([
    ['asked for a successor', true, 'handed-off'],
    ['died', false, 'succeeded'],
  ])('that %s is taken over by the next run', async (_, handoffRequired, completeReason) => {
    const { client, programId } = await server.createProgram();
    const { sessionId } = await client.sessions.create({ name: 'Run 1', state, handoffRequired });
    if (!handoffRequired) server.clock.advance(STALE);
    const { session } = await client.programs.boot(programId, { name: 'Run 2' });
    const successor = session.sessionId;
    expect(await client.sessions.get(sessionId)).toMatchObject({ state: 'complete', completeReason, successor });
  });

  test('is reported once when it becomes stale', async () => {
    const { client } = await server.createAccount('unlimited');
    const { sessionId } = await client.sessions.create({ name: 'Silent', state });
    const events = client.events({ after: 0, types: ['session.stale'] });
    server.clock.advance(STALE + 500);
    expect(await readNext(events, 1)).toMatchObject([{ type: 'session.stale', sessionId }]);
    await events.return();
  });

  test(`is ${state === 'pinned' ? 'never ' : ''}archived for silence`, async () => {
    const { client } = await server.createAccount('unlimited');
    const { sessionId } = await client.sessions.create({ name: 'Silent', state });
    server.clock.advance(HOUR);
    await waitForSweep();
    const archiveReason = state === 'pinned' ? null : 'silent';
    expect(await client.sessions.get(sessionId)).toMatchObject({ archived: state !== 'pinned', archiveReason });
  });

  test('counts among those that fall silent together', async () => {
    const { client } = await server.createAccount('unlimited');
    await createMany(client, 5, state);
    const { sessionId } = await client.sessions.create({ name: 'Candidate for archival' });
    server.clock.advance(HOUR);
    await waitForSweep();
    expect((await client.fleet.health()).massSilence).toMatchObject({ sessions: 6 });
    expect((await client.sessions.get(sessionId)).archived).toBe(false);
  });

  test('counts among those that did not fall silent', async () => {
    const { client } = await server.createAccount('unlimited');
    const silent = await createMany(client, 5, 'working');
    server.clock.advance(58 * MINUTE);
    await createMany(client, 5, state);
    server.clock.advance(2 * MINUTE);
    await waitForSweep();
    expect((await client.fleet.health()).massSilence).toBeNull();
    for (const { sessionId } of silent) expect((await client.sessions.get(sessionId)).archived).toBe(true);
  });
});
