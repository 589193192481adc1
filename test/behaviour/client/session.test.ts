import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFleetbeat, type Session, type SessionFailure } from '../../../clients/typescript/src/index.ts';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { createScriptedNetwork } from '../../support/scripted-network.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const TEN_MINUTES = 10 * 60_000;

let server: TestServer;
let proxy: CuttableProxy;
beforeAll(async () => {
  server = await startTestServer();
  proxy = await startProxy(server.url);
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await proxy.close();
  await server.close();
});

/** A client on a time and a network of its own, and what its sessions tell. */
async function createAgent() {
  const { programId, key, client: other } = await server.createProgram();
  const [clock, network] = [new ManualClock(), createScriptedNetwork()];
  const fleetbeat = createFleetbeat({
    baseUrl: proxy.url,
    key,
    clock,
    fetch: network.fetch,
    random: () => 0,
    retries: 0,
  });
  const failures: SessionFailure[] = [];
  const onError = (failure: SessionFailure) => void failures.push(failure);
  const heartbeatOf = async ({ sessionId }: Session) => (await other.sessions.get(sessionId)).lastHeartbeat;
  return { programId, clock, network, fleetbeat, other, failures, onError, heartbeatOf };
}

/** Both times move, as they do for people. */
function advanceClocks(ms: number, clock: ManualClock) {
  server.clock.advance(ms);
  clock.advance(ms);
}

describe('heartbeats', () => {
  test('go out when the server says, with the status as it was', async () => {
    const { clock, network, fleetbeat, heartbeatOf } = await createAgent();
    const session = await fleetbeat.session({ name: 'Auth refactor', status: 'Reading' });
    const before = await heartbeatOf(session);
    advanceClocks(TEN_MINUTES - 1, clock);
    expect(network.sent).toHaveLength(1);
    advanceClocks(1, clock);
    await eventually(async () => (await heartbeatOf(session)) > before);
    expect(session.report).toMatchObject({ status: 'Reading', state: 'working' });
    session.leave();
  });

  test('never overlap: one that would be due during an update is that update', async () => {
    const { clock, network, fleetbeat } = await createAgent();
    const session = await fleetbeat.session({ name: 'Auth refactor' });
    network.hang();
    const calledOff = new AbortController();
    const update = session.update('Slow', { signal: calledOff.signal, timeoutMs: 10 * TEN_MINUTES });
    await eventually(async () => network.sent.length === 2);
    advanceClocks(2 * TEN_MINUTES, clock);
    expect(network.sent).toHaveLength(2);
    calledOff.abort(new Error('Enough'));
    await expect(update).rejects.toThrow('Enough');
    expect(clock.pendingDelays).toEqual([TEN_MINUTES]);
    session.leave();
  });

  test('survive an outage: they tell of it once, go on with growing waits, and the next report says that it is over', async () => {
    const { clock, fleetbeat, failures, onError, heartbeatOf } = await createAgent();
    const session = await fleetbeat.session({ name: 'Auth refactor', onError });
    const before = await heartbeatOf(session);
    await proxy.cut();
    advanceClocks(TEN_MINUTES, clock);
    for (let failure = 1; failure <= 4; failure += 1) {
      await eventually(async () => clock.pendingDelays.length === 1 && clock.pendingDelays[0] === 0);
      expect(session.life).toBe('lost');
      if (failure === 4) await proxy.restore();
      clock.advance(0);
    }
    await eventually(async () => session.life === 'alive');
    expect(await heartbeatOf(session)).not.toBe(before);
    expect(failures).toEqual([{ kind: 'lost', error: expect.objectContaining({ name: 'FleetbeatUnreachable' }) }]);
    expect(clock.pendingDelays).toEqual([TEN_MINUTES]);
    session.leave();
  });

  test('end when another session takes over, and everything after that is refused at once', async () => {
    const { programId, clock, network, fleetbeat, other, failures, onError } = await createAgent();
    const session = await fleetbeat.session({ name: 'Paused laptop', onError });
    server.clock.advance(20 * 60_000);
    const next = await other.programs.boot(programId, { name: 'Successor' });
    clock.advance(TEN_MINUTES);
    await eventually(async () => failures.length > 0);
    expect(failures).toMatchObject([{ kind: 'superseded', successor: next.session.sessionId }]);
    expect(session.life).toBe('over');
    expect(session.signal.aborted).toBe(true);
    const sent = network.sent.length;
    await expect(session.update('Am I still here?')).rejects.toBe(session.signal.reason);
    expect(network.sent).toHaveLength(sent);
    expect(clock.pendingDelays).toEqual([]);
    await session[Symbol.asyncDispose]();
  });

  test('end when the key is revoked', async () => {
    const { clock, fleetbeat, failures, onError } = await createAgent();
    const { keyId } = await fleetbeat.me();
    const session = await fleetbeat.session({ name: 'Locked out', onError });
    await server.admin.keys.revoke(keyId);
    clock.advance(TEN_MINUTES);
    await eventually(async () => failures.length > 0);
    expect(failures).toMatchObject([{ kind: 'refused', error: { status: 401 } }]);
    expect(clock.pendingDelays).toEqual([]);
    await session[Symbol.asyncDispose]();
  });
});

describe('a session', () => {
  test('tells of its work, and knows what the server answers', async () => {
    const { programId, fleetbeat, other } = await createAgent();
    const reports: number[] = [];
    const onReport = (report: { pendingTasks: number }) => void reports.push(report.pendingTasks);
    const session = await fleetbeat.session({ name: 'Auth refactor', contextLimitBytes: 1000, onReport });
    await other.tasks.create({ title: 'Review', target: programId });
    await server.admin.programs.update(programId, { paused: true });
    await session.progress(40, 'Half way');
    expect(await session.block('Which database?')).toMatchObject({ state: 'blocked', status: 'Which database?' });
    expect(await session.resume()).toMatchObject({ state: 'working', status: 'Which database?', progress: 40 });
    await session.update({ contextBytes: 700 });
    expect(session).toMatchObject({
      pendingTasks: 1,
      pendingMessages: 0,
      handoffAdvised: true,
      paused: true,
      programId,
    });
    expect(reports).toEqual([0, 1, 1, 1, 1]);
    session.leave();
  });

  test('goes on after an update that was wrong, and says so to whoever sent it', async () => {
    const { clock, fleetbeat, failures, onError } = await createAgent();
    const session = await fleetbeat.session({ name: 'Auth refactor', onError });
    await expect(session.progress(101)).rejects.toMatchObject({ kind: 'invalid-request' });
    expect(failures).toEqual([]);
    expect(clock.pendingDelays).toEqual([TEN_MINUTES]);
    session.leave();
  });

  test('is completed at the end of its block', async () => {
    const { clock, fleetbeat, other } = await createAgent();
    const sessionId = await (async () => {
      await using session = await fleetbeat.session({ name: 'Short' });
      await session.update('Working');
      return session.sessionId;
    })();
    expect(await other.sessions.get(sessionId)).toMatchObject({ state: 'complete', status: 'Working' });
    expect(clock.pendingDelays).toEqual([]);
  });

  test('is not completed at the end of its block when it was left', async () => {
    const { clock, fleetbeat, other } = await createAgent();
    const session = await fleetbeat.session({ name: 'Detached' });
    session.leave();
    await session[Symbol.asyncDispose]();
    expect(await other.sessions.get(session.sessionId)).toMatchObject({ state: 'working' });
    expect(clock.pendingDelays).toEqual([]);
  });

  test('cannot be disposed of in silence while the server is away', async () => {
    const { fleetbeat, onError } = await createAgent();
    const session = await fleetbeat.session({ name: 'Cut off', onError });
    await proxy.cut();
    await expect(session[Symbol.asyncDispose]()).rejects.toMatchObject({ name: 'FleetbeatUnreachable' });
  });
});

describe('a boot', () => {
  test('gives a session with the brief, and a handoff gives the next one its notes and its fence', async () => {
    const { programId, fleetbeat, failures, onError } = await createAgent();
    const first = await fleetbeat.boot(programId, { name: 'First run', onError });
    expect(first.brief.previousSession).toBeNull();
    await first.remember({ contextSummary: { lastTask: 'Fix auth' } });
    await first.handoff('PR 42 merged');
    await first[Symbol.asyncDispose]();
    await using second = await fleetbeat.boot(programId, { name: 'Second run' });
    expect(second.brief).toMatchObject({
      previousSession: { sessionId: first.sessionId, ended: 'handed-off' },
      state: { contextSummary: { lastTask: 'Fix auth', handoffNotes: 'PR 42 merged' } },
    });
    await expect(first.remember({ contextSummary: { lastTask: 'Late' } })).rejects.toMatchObject({
      kind: 'session-superseded',
    });
    await expect(first.update('Late')).rejects.toMatchObject({ kind: 'session-superseded' });
    expect(failures).toMatchObject([{ kind: 'superseded', successor: second.sessionId }]);
  });
});
