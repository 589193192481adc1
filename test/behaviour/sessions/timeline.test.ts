import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const MINUTE = 60_000;

const server = useTestServer({ stopClock: true });

test('every change of state, status, progress, context or handoff is kept, and a bare heartbeat is not', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Timed', status: 'Begun' });
  await client.sessions.update(sessionId, { status: 'Begun', lastHeartbeat: true });
  await client.sessions.update(sessionId, { status: 'Reading' });
  await client.sessions.update(sessionId, { status: 'Reading', progress: 12.5 });
  await client.sessions.update(sessionId, { status: 'Reading', contextBytes: 1_000, contextLimitBytes: 10_000 });
  await client.sessions.update(sessionId, { status: 'Reading', handoffRequired: true });
  await client.sessions.update(sessionId, { status: 'Reading', state: 'complete' });
  const { changes, nextCursor } = await client.sessions.timeline(sessionId);
  expect(changes.map(({ number, kind }) => [number, kind])).toEqual([
    [6, 'updated'],
    [5, 'updated'],
    [4, 'updated'],
    [3, 'updated'],
    [2, 'updated'],
    [1, 'created'],
  ]);
  expect(changes[0]).toMatchObject({
    state: 'complete',
    status: 'Reading',
    progress: 12.5,
    contextBytes: 1_000,
    handoffRequired: true,
  });
  expect(nextCursor).toBeNull();
});

test('the newest thousand changes are kept and paginated', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Busy' });
  for (let step = 1; step <= 1_004; step += 1) await client.sessions.update(sessionId, { status: `Step ${step}` });
  const first = await client.sessions.timeline(sessionId, { limit: 600 });
  const second = await client.sessions.timeline(sessionId, { limit: 600, cursor: first.nextCursor ?? '' });
  const numbers = [...first.changes, ...second.changes].map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: 1_000 }, (_, index) => 1_005 - index));
  expect(second.nextCursor).toBeNull();
});

test('twenty writers of one session leave a timeline without gaps or duplicates', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Contended' });
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => client.sessions.update(sessionId, { status: `Writer ${index}` })),
  );
  const { changes } = await client.sessions.timeline(sessionId);
  expect(changes.map(({ number }) => number)).toEqual(Array.from({ length: 21 }, (_, index) => 21 - index));
  expect(new Set(changes.map(({ status }) => status)).size).toBe(21);
});

test('a session has an estimate when its context will be full', async () => {
  const { client } = await server.createProgram();
  const { sessionId, contextFullAt } = await client.sessions.create({ name: 'Filling', contextBytes: 10_000 });
  expect(contextFullAt).toBeNull();
  server.clock.advance(10 * MINUTE);
  const risen = await client.sessions.update(sessionId, {
    status: 'Reading',
    contextBytes: 20_000,
    contextLimitBytes: 100_000,
  });
  // 1,000 bytes a minute: 80,000 more take 80 minutes.
  expect(Date.parse(risen.contextFullAt ?? '') - server.clock.now()).toBe(80 * MINUTE);
  const fallen = await client.sessions.update(sessionId, { status: 'Compacted', contextBytes: 5_000 });
  expect(fallen.contextFullAt).toBeNull();
  server.clock.advance(MINUTE);
  const again = await client.sessions.update(sessionId, { status: 'Reading', contextBytes: 10_000 });
  expect(Date.parse(again.contextFullAt ?? '') - server.clock.now()).toBe(18 * MINUTE);
});
