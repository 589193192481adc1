import { afterAll, beforeEach, expect, test } from 'vitest';
import { createPendingMessage, createPendingTask } from '../../support/pending-items.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let programs: { readonly programId: string; readonly client: TestServer['admin'] }[];
beforeEach(async () => {
  await server?.close();
  server = await startTestServer();
  server.clock.stop();
  programs = [await server.createProgram('a'), await server.createProgram('b')];
});
afterAll(() => server.close());

/** What waits for each of the two programs; the answer to a heartbeat must say the same. */
const waiting = async (): Promise<{ tasks: number; messages: number }[]> => {
  const { programs: rows } = await server.admin.fleet.health();
  return Promise.all(
    programs.map(async ({ programId, client }) => {
      const row = rows.find((each) => each.programId === programId);
      const report = await client.sessions.create({ name: 'Auth', sessionId: `${programId}-1` });
      expect([report.pendingTasks, report.pendingMessages]).toEqual([row?.pendingTasks, row?.pendingMessages]);
      return { tasks: row?.pendingTasks ?? -1, messages: row?.pendingMessages ?? -1 };
    }),
  );
};
const [one, other] = [() => programs[0]?.programId ?? '', () => programs[1]?.programId ?? ''];

/** The first program takes a task, for a session that is alive. */
async function claim(taskId: string) {
  const [first] = programs;
  if (!first) throw new Error('There is a first program');
  await first.client.sessions.create({ name: 'Auth', sessionId: `${first.programId}-1` });
  await first.client.tasks.claim(taskId);
  return { client: first.client, taskId };
}

test('an unclaimed task counts for its program and no other', async () => {
  await createPendingTask(server.admin, one());
  await createPendingTask(server.admin, one());
  await createPendingTask(server.admin, other());
  expect(await waiting()).toEqual([
    { tasks: 2, messages: 0 },
    { tasks: 1, messages: 0 },
  ]);
});

test('a claimed or completed task no longer counts', async () => {
  await claim((await createPendingTask(server.admin, one())).taskId);
  const done = await claim((await createPendingTask(server.admin, one())).taskId);
  await done.client.tasks.complete(done.taskId, { outcome: 'succeeded' });
  await createPendingTask(server.admin, one());
  expect(await waiting()).toMatchObject([{ tasks: 1 }, { tasks: 0 }]);
});

test('a task for everybody counts for each program', async () => {
  await createPendingTask(server.admin, '*');
  await createPendingTask(server.admin, one());
  await claim((await createPendingTask(server.admin, '*')).taskId);
  expect(await waiting()).toMatchObject([{ tasks: 2 }, { tasks: 1 }]);
  expect((await server.admin.fleet.health()).pendingTasksForAll).toBe(1);
});

test('a message counts until its recipient has read it, and is never a task', async () => {
  await createPendingMessage(server.admin, one());
  await createPendingMessage(server.admin, one());
  const { messageId } = await createPendingMessage(server.admin, one());
  await programs[0]?.client.messages.acknowledge(messageId);
  await createPendingMessage(server.admin, other());
  expect(await waiting()).toEqual([
    { tasks: 0, messages: 2 },
    { tasks: 0, messages: 1 },
  ]);
});

test('expired tasks and messages never count', async () => {
  const life = { ttlSeconds: 60 };
  await createPendingTask(server.admin, one(), life);
  await createPendingTask(server.admin, '*', life);
  await createPendingMessage(server.admin, one(), life);
  server.clock.advance(59_999);
  expect(await waiting()).toMatchObject([
    { tasks: 2, messages: 1 },
    { tasks: 1, messages: 0 },
  ]);
  server.clock.advance(1);
  expect(await waiting()).toMatchObject([
    { tasks: 0, messages: 0 },
    { tasks: 0, messages: 0 },
  ]);
});

test('pending items of another account never count, even for a program of the same name', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  await admin.keys.create({ programId: one() });
  await createPendingTask(admin, one());
  await createPendingTask(admin, '*');
  await createPendingMessage(admin, one());
  expect(await waiting()).toMatchObject([{ tasks: 0, messages: 0 }, { tasks: 0 }]);
  const { programs: theirs } = await admin.fleet.health();
  expect(theirs).toMatchObject([{ programId: one(), pendingTasks: 2, pendingMessages: 1, lastHeartbeat: null }]);
});

test('counts stay true with hundreds of programs and rows', async () => {
  for (let index = 0; index < 100; index += 1) {
    await createPendingTask(server.admin, index % 2 ? one() : other());
    await createPendingMessage(server.admin, one());
  }
  await Promise.all(Array.from({ length: 100 }, () => server.createProgram()));
  expect(await waiting()).toEqual([
    { tasks: 50, messages: 100 },
    { tasks: 50, messages: 0 },
  ]);
  expect((await server.admin.fleet.health()).programs).toHaveLength(102);
});
