import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFleetbeat, type Session, type SessionFailure } from '../../../clients/typescript/src/index.ts';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { createScriptedNetwork } from '../../support/scripted-network.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const TEN_MINUTES = 10 * 60_000;

let proxy: CuttableProxy;
const server = useTestServer();
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await proxy.close();
});

/** A client with its own clock and network, and the events of its sessions. */
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
  const getLastHeartbeat = async ({ sessionId }: Session) => (await other.sessions.get(sessionId)).lastHeartbeat;
  return { programId, clock, network, fleetbeat, other, failures, onError, getLastHeartbeat };
}

/** Advances both clocks. */
function advanceClocks(ms: number, clock: ManualClock) {
  server.clock.advance(ms);
  clock.advance(ms);
}

describe('heartbeats', () => {
  test('are sent when the server asks for them, with the unchanged status', async () => {
    const { clock, network, fleetbeat, getLastHeartbeat } = await createAgent();
    const session = await fleetbeat.session({ name: 'Auth refactor', status: 'Reading' });
    const before = await getLastHeartbeat(session);
    advanceClocks(TEN_MINUTES - 1, clock);
    expect(network.sent).toHaveLength(1);
    advanceClocks(1, clock);
    await eventually(async () => (await getLastHeartbeat(session)) > before);
    expect(session.report).toMatchObject({ status: 'Reading', state: 'working' });
    session.leave();
  });

  test('never overlap: an update replaces a heartbeat that is due while it runs', async () => {
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

  test('survive an outage: they report it once, back off, and report its end', async () => {
    const { clock, fleetbeat, failures, onError, getLastHeartbeat } = await createAgent();
    const session = await fleetbeat.session({ name: 'Auth refactor', onError });
    const before = await getLastHeartbeat(session);
    await proxy.cut();
    advanceClocks(TEN_MINUTES, clock);
    for (let failure = 1; failure <= 4; failure += 1) {
      await eventually(async () => clock.pendingDelays.length === 1 && clock.pendingDelays[0] === 0);
      expect(session.life).toBe('lost');
      if (failure === 4) await proxy.restore();
      clock.advance(0);
    }
    await eventually(async () => session.life === 'alive');
    expect(await getLastHeartbeat(session)).not.toBe(before);
    expect(failures).toEqual([{ kind: 'lost', error: expect.objectContaining({ name: 'FleetbeatUnreachable' }) }]);
    expect(clock.pendingDelays).toEqual([TEN_MINUTES]);
    session.leave();
  });

  test('stop when another session takes over, and later calls fail at once', async () => {
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

  test('stop when the key is revoked', async () => {
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
  test("reports its work, and keeps the server's response", async () => {
    const { programId, fleetbeat, other } = await createAgent();
    const reports: number[] = [];
    const onReport = (report: { pendingTasks: number }) => void reports.push(report.pendingTasks);
    const session = await fleetbeat.session({ name: 'Auth refactor', contextLimitBytes: 1000, onReport });
    await other.tasks.create({ title: 'Review', target: programId });
    await server.admin.programs.update(programId, { paused: true });
    await session.update({ progress: 40, status: 'Half way' });
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

  test('continues after an invalid update, which rejects for its caller', async () => {
    const { clock, fleetbeat, failures, onError } = await createAgent();
    const session = await fleetbeat.session({ name: 'Auth refactor', onError });
    await expect(session.update({ progress: 101 })).rejects.toMatchObject({ kind: 'invalid-request' });
    expect(failures).toEqual([]);
    expect(clock.pendingDelays).toEqual([TEN_MINUTES]);
    session.leave();
  });

  test('is completed by complete() alone: the end of a block does not show that the work was done', async () => {
    const { clock, fleetbeat, other, failures, onError } = await createAgent();
    const crash = async () => {
      await using session = await fleetbeat.session({ name: 'Short', onError });
      await session.update('Working');
      throw new RangeError(session.sessionId);
    };
    const { message: sessionId } = await crash().catch((error: RangeError) => error);
    expect(await other.sessions.get(sessionId)).toMatchObject({ state: 'working', status: 'Working' });
    expect(failures).toMatchObject([{ kind: 'not-completed' }]);
    expect(clock.pendingDelays).toEqual([]);
    const finish = async () => {
      await using session = await fleetbeat.session({ name: 'Short', onError });
      await session.complete('Done');
      return session.sessionId;
    };
    expect(await other.sessions.get(await finish())).toMatchObject({ state: 'complete', status: 'Done' });
    expect(failures).toHaveLength(1);
  });

  test('is not completed at the end of its block after it was left', async () => {
    const { clock, fleetbeat, other } = await createAgent();
    const session = await fleetbeat.session({ name: 'Detached' });
    session.leave();
    await session[Symbol.asyncDispose]();
    expect(await other.sessions.get(session.sessionId)).toMatchObject({ state: 'working' });
    expect(clock.pendingDelays).toEqual([]);
  });

  test('never hides the error that ended its block, also when the last reports cannot be sent', async () => {
    const { clock, fleetbeat, failures, onError } = await createAgent();
    const ownError = new RangeError('A bug of the agent');
    const run = async () => {
      await using session = await fleetbeat.session({ name: 'Cut off', onError });
      await proxy.cut();
      session.beat({ progress: 10 });
      throw ownError;
    };
    const ended = expect(run()).rejects.toBe(ownError);
    // The end of the block waits 5 seconds for the server.
    const moving = setInterval(() => clock.advance(1_000), 10);
    await ended;
    clearInterval(moving);
    const error = expect.objectContaining({ name: 'FleetbeatUnreachable' });
    expect(failures).toEqual([
      { kind: 'lost', error },
      { kind: 'not-completed', error },
    ]);
  });

  test('is over once disposed, and an update does not revive it', async () => {
    const { clock, fleetbeat, other } = await createAgent();
    const session = await fleetbeat.session({ name: 'Short' });
    await session[Symbol.asyncDispose]();
    expect(session.life).toBe('over');
    await expect(session.update({ state: 'working' })).rejects.toThrow('disposed of');
    await expect(session.resume()).rejects.toThrow(TypeError);
    expect(await other.sessions.get(session.sessionId)).toMatchObject({
      archived: false,
      updatedAt: session.report.updatedAt,
    });
    expect(clock.pendingDelays).toEqual([]);
  });

  test('is over once complete, until it is resumed', async () => {
    const { clock, fleetbeat } = await createAgent();
    const session = await fleetbeat.session({ name: 'Reopened' });
    await session.complete();
    expect([session.life, clock.pendingDelays]).toEqual(['over', []]);
    await session.resume();
    expect([session.life, clock.pendingDelays]).toEqual(['alive', [TEN_MINUTES]]);
    session.leave();
  });
});

describe('a write queued behind earlier ones', () => {
  /** A session whose first write gets no response for 10 seconds. */
  async function createBusySession() {
    const agent = await createAgent();
    const session = await agent.fleetbeat.session({ name: 'Busy', onError: agent.onError });
    agent.network.hang();
    const first = session.update('First', { timeoutMs: 10_000 }).catch((error: unknown) => error);
    await eventually(async () => agent.network.sent.length === 2);
    return { ...agent, session, first };
  }

  test('is aborted by its signal at once and never sent', async () => {
    const { clock, network, session, first } = await createBusySession();
    const reason = new Error('Enough');
    const controller = new AbortController();
    const second = session.update('Second', { signal: controller.signal });
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    await expect(session.update('Third', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    clock.advance(10_000);
    await first;
    await session.update('Fourth');
    expect(network.sent).toHaveLength(3);
    session.leave();
  });

  test.each([{ within: 1_000 }, { timeoutMs: 1_000 }, { timeoutMs: 5_000, within: 1_000 }])(
    'waits no longer than its limits, counted from the call: %o',
    async (limits) => {
      const { clock, network, session, first } = await createBusySession();
      const second = session.update('Second', limits);
      await eventually(async () => clock.pendingDelays[0] === 1_000);
      clock.advance(1_000);
      await expect(second).rejects.toMatchObject({ name: 'FleetbeatUnreachable', attempts: 0 });
      clock.advance(9_000);
      await first;
      expect(network.sent).toHaveLength(2);
      session.leave();
    },
  );

  test('is sent with its remaining time', async () => {
    const { clock, network, session, first } = await createBusySession();
    const second = session.update('Second', { within: 15_000, retries: 0 });
    network.hang();
    clock.advance(10_000);
    await first;
    await eventually(async () => network.sent.length === 3);
    expect(clock.pendingDelays).toEqual([5_000]);
    clock.advance(5_000);
    await expect(second).rejects.toMatchObject({ attempts: 1, cause: { name: 'TimeoutError' } });
    session.leave();
  });

  test('follows abandoned ones: writes never overlap', async () => {
    const { clock, network, session, first } = await createBusySession();
    const second = session.update('Second', { within: 1_000 }).catch(() => 'given up');
    const third = session.update('Third');
    clock.advance(1_000);
    expect(await second).toBe('given up');
    expect(network.sent).toHaveLength(2);
    clock.advance(9_000);
    await first;
    expect(await third).toMatchObject({ status: 'Third' });
    session.leave();
  });
});

describe('a boot', () => {
  test('returns a session with the brief, and a handoff passes notes and fence to the next one', async () => {
    const { programId, fleetbeat, failures, onError } = await createAgent();
    const first = await fleetbeat.boot(programId, { name: 'First run', onError });
    expect(first.brief.previousSession).toBeNull();
    await first.remember({ contextSummary: { lastTask: 'Fix auth' } });
    await first.handoff('PR 42 merged');
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
