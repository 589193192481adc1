import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const finished = async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth' });
  const done = await client.sessions.update(sessionId, { status: 'Done', state: 'complete', progress: 100 });
  server.clock.advance(60_000);
  return { client, sessionId, done };
};

test('a completed session has the time of its completion', async () => {
  const { done } = await finished();
  expect(done).toMatchObject({ state: 'complete', completedAt: done.updatedAt, stale: false, stuck: false });
});

test('a late heartbeat leaves a complete session complete', async () => {
  const { client, sessionId, done } = await finished();
  const late = await client.sessions.update(sessionId, { status: 'Idle. Waiting for tasks.', lastHeartbeat: true });
  expect(late).toMatchObject({ state: 'complete', completedAt: done.completedAt, status: 'Idle. Waiting for tasks.' });
});

test('completing twice keeps the time of the first completion', async () => {
  const { client, sessionId, done } = await finished();
  const again = await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  expect(again.completedAt).toBe(done.completedAt);
});

test.each(['working', 'blocked', 'pinned'] as const)(
  'the explicit state %s revives a complete session',
  async (state) => {
    const { client, sessionId } = await finished();
    const back = await client.sessions.update(sessionId, { status: 'Once more', state });
    expect(back).toMatchObject({ state, completedAt: null });
    expect((await client.sessions.get('current')).sessionId).toBe(sessionId);
  },
);

test('a complete session that is silent is not stale', async () => {
  const { client, sessionId } = await finished();
  server.clock.advance(3_600_000);
  expect(await client.sessions.get(sessionId)).toMatchObject({ state: 'complete', stale: false, stuck: false });
});
