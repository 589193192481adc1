import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  await server?.close();
  server = await startTestServer();
  server.clock.stop();
});
afterAll(() => server.close());

const agent = async (programId: string) => {
  const client = server.client((await server.admin.keys.create({ programId })).key);
  await client.sessions.create({ name: programId, sessionId: `${programId}-1` });
  return client;
};
const make = (target: string, ttlSeconds?: number) =>
  server.admin.tasks.create({ title: 'Work', target, ...(ttlSeconds && { ttlSeconds }) });

/** What fleet health says; the list must have as many, and the answer to a heartbeat must say the same. */
const waiting = async (...alive: Fleetbeat[]) => {
  const { programs } = await server.admin.fleet.health();
  for (const { programId, pendingTasks } of programs) {
    const { tasks } = await server.admin.tasks.list({ target: programId, limit: 50 });
    expect(tasks).toHaveLength(pendingTasks);
  }
  for (const client of alive) {
    const report = await client.sessions.update('current', { status: 'Here', lastHeartbeat: true });
    expect(report.pendingTasks).toBe(programs.find((row) => row.programId === report.programId)?.pendingTasks);
  }
  return Object.fromEntries(programs.map(({ programId, pendingTasks }) => [programId, pendingTasks]));
};

test('a task for one program counts for it, and a task for all counts for each', async () => {
  const [a, b] = [await agent('a'), await agent('b')];
  await make('a');
  await make('a');
  await make('*');
  expect(await waiting(a, b)).toEqual({ a: 3, b: 1 });
});

test('a claimed or completed task does not count, until its claimant dies', async () => {
  const [a, b] = [await agent('a'), await agent('b')];
  const [own, shared, done] = [await make('a'), await make('*'), await make('*')];
  for (const { taskId } of [own, shared, done]) await a.tasks.claim(taskId);
  await a.tasks.complete(done.taskId, { outcome: 'succeeded' });
  expect(await waiting(a, b)).toEqual({ a: 0, b: 0 });
  server.clock.advance(15 * 60_000);
  expect(await waiting(b)).toEqual({ a: 0, b: 0 });
  server.clock.advance(1);
  expect(await waiting(b)).toEqual({ a: 2, b: 1 });
  await a.sessions.update('a-1', { status: 'Awake', lastHeartbeat: true });
  expect(await waiting(a, b)).toEqual({ a: 0, b: 0 });
  await a.sessions.update('a-1', { status: 'Done', state: 'complete' });
  expect(await waiting(b)).toEqual({ a: 2, b: 1 });
});

test('an expired task never counts, whether it was claimed or not', async () => {
  const [a, b] = [await agent('a'), await agent('b')];
  await make('a', 3_600);
  await make('*', 3_600);
  await a.tasks.claim((await make('*', 3_600)).taskId);
  server.clock.advance(3_600_000 - 1);
  expect(await waiting(b)).toEqual({ a: 3, b: 2 });
  server.clock.advance(1);
  expect(await waiting(b)).toEqual({ a: 0, b: 0 });
});
