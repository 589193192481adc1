import { describe, expect, test } from 'vitest';
import { startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const MINUTE = 60_000;
const server = useTestServer({ stopClock: true });

const started = async (state: 'working' | 'blocked' | 'pinned' | 'complete' = 'working') => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth', state });
  return { client, sessionId, read: () => client.sessions.get(sessionId) };
};

describe('silence', () => {
  test.each(['working', 'blocked', 'pinned'] as const)(
    'a %s session is not stale after 15 minutes of it, and is one millisecond later',
    async (state) => {
      const { read } = await started(state);
      server.clock.advance(15 * MINUTE);
      expect(await read()).toMatchObject({ stale: false, state });
      server.clock.advance(1);
      expect(await read()).toMatchObject({ stale: true, state });
    },
  );

  test('makes no complete session stale', async () => {
    const { read } = await started('complete');
    server.clock.advance(60 * MINUTE);
    expect(await read()).toMatchObject({ stale: false, state: 'complete' });
  });

  test.each([{ status: 'S' }, { status: 'S', lastHeartbeat: true }])('is broken by the update %j', async (update) => {
    const { client, sessionId, read } = await started();
    server.clock.advance(15 * MINUTE + 1);
    expect((await client.sessions.update(sessionId, update)).stale).toBe(false);
    server.clock.advance(15 * MINUTE);
    expect((await read()).stale).toBe(false);
    server.clock.advance(1);
    expect((await read()).stale).toBe(true);
  });

  test('is judged on reading and changes nothing that is stored', async () => {
    const { client, sessionId, read } = await started('blocked');
    const { stale: before, ...stored } = await read();
    server.clock.advance(20 * MINUTE);
    const { stale: after, ...later } = await read();
    const [listed] = (await client.sessions.list({ programId: stored.programId ?? '' })).sessions;
    expect([before, after, listed?.stale]).toEqual([false, true, true]);
    expect(later).toEqual(stored);
    expect(listed?.sessionId).toBe(sessionId);
  });

  test('lasts as long as the setting says', async () => {
    const brisk = await startTestServer({ environment: { FLEETBEAT_STALE_AFTER: '2s' } });
    brisk.clock.stop();
    const { client } = await brisk.createProgram();
    const { sessionId, nextHeartbeatInSeconds } = await client.sessions.create({ name: 'Auth' });
    expect(nextHeartbeatInSeconds).toBe(1);
    brisk.clock.advance(2_000);
    expect((await client.sessions.get(sessionId)).stale).toBe(false);
    brisk.clock.advance(1);
    expect((await client.sessions.get(sessionId)).stale).toBe(true);
    await brisk.close();
  });
});

describe('standstill', () => {
  /** A session that has beaten, and not progressed, for a millisecond less than 30 minutes. */
  const idle = async (state: 'working' | 'blocked' | 'pinned' = 'working') => {
    const { client, sessionId, read } = await started(state);
    await client.sessions.update(sessionId, { status: 'Idle' });
    for (const passed of [10 * MINUTE, 10 * MINUTE, 10 * MINUTE - 1]) {
      server.clock.advance(passed);
      await client.sessions.update('current', { status: 'Idle', lastHeartbeat: true });
    }
    return { client, sessionId, read };
  };

  test('a session that only heartbeats is stuck after 30 minutes, and not one millisecond earlier', async () => {
    const { read } = await idle();
    expect(await read()).toMatchObject({ stuck: false, stale: false });
    server.clock.advance(1);
    expect(await read()).toMatchObject({ stuck: true, stale: false, state: 'working' });
  });

  test.each([{ status: 'New' }, { progress: 1 }, { contextBytes: 1 }])('%j is progress', async (change) => {
    const { client, sessionId } = await idle();
    server.clock.advance(1);
    const moved = await client.sessions.update(sessionId, { status: 'Idle', ...change });
    expect(moved).toMatchObject({ stuck: false, lastProgressAt: moved.updatedAt });
  });

  test.each([{ projectName: 'web' }, { handoffRequired: true }, { contextLimitBytes: 9 }, { lastHeartbeat: true }])(
    '%j is no progress',
    async (change) => {
      const { client, sessionId, read } = await idle();
      const { lastProgressAt } = await read();
      server.clock.advance(1);
      expect(await client.sessions.update(sessionId, { status: 'Idle', ...change })).toMatchObject({
        stuck: true,
        lastProgressAt,
      });
    },
  );

  test('a change of the state is progress', async () => {
    const { client, sessionId } = await idle('blocked');
    server.clock.advance(MINUTE);
    expect(await client.sessions.update(sessionId, { status: 'Idle', state: 'working' })).toMatchObject({
      stuck: false,
    });
  });

  test.each(['blocked', 'pinned'] as const)('a %s session is never stuck', async (state) => {
    const { read } = await idle(state);
    server.clock.advance(MINUTE);
    expect(await read()).toMatchObject({ stuck: false, stale: false, state });
  });

  test('a session that is silent is stale and not stuck', async () => {
    const { read } = await started();
    server.clock.advance(40 * MINUTE);
    expect(await read()).toMatchObject({ stuck: false, stale: true });
  });
});
