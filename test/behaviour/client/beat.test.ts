/** Reports about the work cannot hurt it: they never throw, never wait, and are kept through an outage. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { createClientAgent } from '../../support/client-agent.ts';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let proxy: CuttableProxy;
const server = useTestServer();
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterEach(() => proxy.restore());
afterAll(() => proxy.close());

async function openSession() {
  const agent = await createClientAgent(server, { url: proxy.url });
  const session = await agent.fleetbeat.session({ name: 'Auth refactor', onError: agent.onError });
  const read = () => agent.other.sessions.get(session.sessionId);
  const countUpdates = () => agent.network.sent.filter(({ method }) => method === 'PATCH').length;
  return { ...agent, session, read, countUpdates };
}

describe('beat', () => {
  test('sends the first report at once, and then the newest value of each field once a second', async () => {
    const { session, clock, read, countUpdates } = await openSession();
    expect(session.beat({ progress: 1, status: 'Reading' })).toBeUndefined();
    await eventually(async () => session.report.progress === 1);
    for (let progress = 2; progress <= 40; progress += 1) session.beat({ progress });
    session.beat({ status: 'Tests' });
    await eventually(async () => clock.pendingDelays.includes(1_000));
    expect(countUpdates()).toBe(1);
    clock.advance(1_000);
    await eventually(async () => session.report.progress === 40);
    expect(await read()).toMatchObject({ progress: 40, status: 'Tests' });
    expect(countUpdates()).toBe(2);
    session.leave();
  });

  test('keeps reports through an outage, and sends them in one request when the server is back', async () => {
    const { session, clock, read, failures, countUpdates } = await openSession();
    await proxy.cut();
    session.beat({ progress: 10 });
    await eventually(async () => session.life === 'lost');
    for (let progress = 11; progress <= 60; progress += 1) session.beat({ progress });
    session.beat({ contextBytes: 5 });
    const before = countUpdates();
    await proxy.restore();
    clock.advance(60_000);
    await eventually(async () => session.life === 'alive');
    expect(countUpdates()).toBe(before + 1);
    expect(await read()).toMatchObject({ progress: 60, contextBytes: 5 });
    expect(failures).toMatchObject([{ kind: 'lost' }]);
    session.leave();
  });

  test('corrects values that the server would refuse', async () => {
    const { session, read, failures } = await openSession();
    const status = '😀'.repeat(300);
    session.beat({ progress: 101, status, contextBytes: 1.5, contextLimitBytes: Number.NaN });
    await session.flush();
    expect(await read()).toMatchObject({
      progress: 100,
      status: `${'😀'.repeat(199)}…`,
      contextBytes: 2,
      contextLimitBytes: null,
    });
    expect(failures).toEqual([]);
    session.leave();
  });

  test('is older than an update that was called after it', async () => {
    const { session, read } = await openSession();
    session.beat({ progress: 10 });
    session.beat({ progress: 20, contextBytes: 7 });
    await session.update({ progress: 30 });
    await session.flush();
    expect(await read()).toMatchObject({ progress: 30, contextBytes: 7 });
    session.leave();
  });

  test('does nothing on a session that is over', async () => {
    const { session, countUpdates } = await openSession();
    await session.complete();
    session.beat({ progress: 10 });
    await session.flush();
    expect(countUpdates()).toBe(1);
  });
});

describe('flush', () => {
  test('resolves at once when nothing was reported', async () => {
    const { session, countUpdates } = await openSession();
    await session.flush();
    expect(countUpdates()).toBe(0);
    session.leave();
  });

  test('rejects in an outage, and the reports are still sent afterwards', async () => {
    const { session, clock, read } = await openSession();
    await proxy.cut();
    session.beat({ progress: 50 });
    await expect(session.flush()).rejects.toMatchObject({ name: 'FleetbeatUnreachable' });
    await proxy.restore();
    clock.advance(60_000);
    await eventually(async () => session.report.progress === 50);
    expect(await read()).toMatchObject({ progress: 50 });
    session.leave();
  });
});

describe('by default', () => {
  test('a write outlives a restart of the server, which a read does not wait for', async () => {
    const { key } = await server.createProgram();
    const fleetbeat = createFleetbeat({ baseUrl: proxy.url, key });
    const session = await fleetbeat.session({ name: 'Patient' });
    await proxy.cut();
    const update = session.update('Stored');
    await expect(fleetbeat.me()).rejects.toMatchObject({ attempts: 4 });
    await proxy.restore();
    expect(await update).toMatchObject({ status: 'Stored' });
    session.leave();
  });

  test('reports that wait are stored by complete()', async () => {
    const { session, read } = await openSession();
    session.beat({ progress: 10 });
    session.beat({ progress: 99 });
    await session.complete('Done');
    expect(await read()).toMatchObject({ state: 'complete', progress: 99, status: 'Done' });
  });
});
