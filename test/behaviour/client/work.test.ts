/** A worker does each task once, without polling, and starts anew before its context is full. */
import { expect, test } from 'vitest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { createClientAgent } from '../../support/client-agent.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

/** Creates that many tasks and waits until they are completed. */
async function completeTasks(target: string, count: number): Promise<void> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1)
    ids.push((await server.admin.tasks.create({ title: `Task ${number}`, target })).taskId);
  await eventually(async () => {
    const tasks = await Promise.all(ids.map((id) => server.admin.tasks.get(id)));
    return tasks.every(({ state }) => state === 'completed');
  });
}

test('two workers of a program do tasks that wait and tasks that come, each once', async () => {
  const { fleetbeat, key, programId } = await createClientAgent(server);
  const second = createFleetbeat({ baseUrl: server.url, key });
  const controller = new AbortController();
  const done: string[] = [];
  const working = [fleetbeat, second].map((client, index) =>
    client.work({ name: `Worker ${index}`, concurrency: 3, signal: controller.signal }, async ({ title }) => {
      done.push(title);
      return { outcome: 'succeeded', result: `${title} by ${index}` };
    }),
  );
  await completeTasks(programId, 7);
  expect([...done].sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `Task ${number}`));
  controller.abort();
  await Promise.all(working);
  const { sessions } = await server.admin.sessions.list({ programId, includeArchived: true });
  expect(sessions.map(({ state }) => state)).toEqual(['complete', 'complete']);
});

test('works on no more tasks at once than its concurrency, and claims none while paused', async () => {
  const { fleetbeat, programId, network } = await createClientAgent(server);
  const controller = new AbortController();
  let [active, most] = [0, 0];
  let release: () => void = () => undefined;
  const bothActive = new Promise<void>((resolve) => {
    release = resolve;
  });
  const working = fleetbeat.work({ name: 'Worker', concurrency: 2, signal: controller.signal }, async () => {
    active += 1;
    most = Math.max(most, active);
    if (active === 2) release();
    await bothActive;
    await new Promise((resolve) => setTimeout(resolve, 20));
    active -= 1;
  });
  await completeTasks(programId, 6);
  expect(most).toBe(2);
  // The worker learns of the pause by the answer to a request that the event makes it send.
  await eventually(async () => {
    const sent = network.sent.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return network.sent.length === sent;
  });
  const sentBefore = network.sent.length;
  await server.admin.programs.update(programId, { paused: true });
  await eventually(async () => network.sent.length > sentBefore);
  const { taskId } = await server.admin.tasks.create({ title: 'Later', target: programId });
  // The answer after the task was created is the last that could have led to a claim.
  const [{ sessionId } = { sessionId: '' }] = (await server.admin.sessions.list({ programId })).sessions;
  const before = network.sent.length;
  await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'Are you there?' });
  await eventually(async () => network.sent.length > before);
  expect(await server.admin.tasks.get(taskId)).toMatchObject({ state: 'created' });
  expect(sessionId).not.toBe('');
  await server.admin.programs.update(programId, { paused: false });
  await eventually(async () => (await server.admin.tasks.get(taskId)).state === 'completed');
  controller.abort();
  await working;
});

test('releases a task whose work throws, for others, and goes on with the next one', async () => {
  const { fleetbeat, programId } = await createClientAgent(server);
  const controller = new AbortController();
  const boom = new Error('boom');
  const errors: unknown[] = [];
  const working = fleetbeat.work(
    { name: 'Worker', signal: controller.signal, onTaskError: (error, { title }) => errors.push([title, error]) },
    async ({ title }) => {
      if (title === 'Broken') throw boom;
    },
  );
  const broken = await server.admin.tasks.create({ title: 'Broken', target: programId });
  await completeTasks(programId, 2);
  await eventually(async () => errors.length > 0);
  expect(errors).toEqual([['Broken', boom]]);
  expect(await server.admin.tasks.get(broken.taskId)).toMatchObject({ state: 'created' });
  controller.abort();
  await working;
});

test('hands over above 60 % of the context, and boots anew with what was left behind', async () => {
  const { fleetbeat, programId } = await createClientAgent(server);
  const controller = new AbortController();
  const runs: string[] = [];
  const notes: unknown[] = [];
  const working = fleetbeat.work(
    { name: 'Worker', contextLimitBytes: 1_000, signal: controller.signal },
    async ({ title }, run) => {
      runs.push(run.sessionId);
      notes.push(run.brief?.state.contextSummary.handoffNotes ?? null);
      await run.remember({ contextSummary: { handoffNotes: `After ${title}` } });
      run.beat({ contextBytes: 700 });
    },
  );
  await completeTasks(programId, 3);
  controller.abort();
  await working;
  expect(new Set(runs).size).toBe(3);
  expect(notes).toEqual([null, 'After Task 1', 'After Task 2']);
  const earlier = await Promise.all(runs.slice(0, 2).map((id) => server.admin.sessions.get(id)));
  expect(earlier.map(({ completeReason }) => completeReason)).toEqual(['handed-off', 'handed-off']);
});

test('a worker that was asked to end leaves its task to the next one, which starts with it', async () => {
  const { fleetbeat, key, programId } = await createClientAgent(server);
  const survive = () => undefined;
  process.on('SIGTERM', survive);
  const working = fleetbeat.work({ name: 'First' }, async (_task, run) => {
    process.kill(process.pid, 'SIGTERM');
    await new Promise((_resolve, reject) => run.signal.addEventListener('abort', () => reject(run.signal.reason)));
  });
  // It may end before the answer to the creation has arrived.
  const killed = expect(working).rejects.toMatchObject({ name: 'AbortError' });
  const { taskId } = await server.admin.tasks.create({ title: 'Interrupted', target: programId });
  await killed;
  process.off('SIGTERM', survive);
  expect(await server.admin.tasks.get(taskId)).toMatchObject({ state: 'claimed' });
  const controller = new AbortController();
  const next = createFleetbeat({ baseUrl: server.url, key });
  const again = next.work({ name: 'Second', signal: controller.signal }, async ({ title }) => ({
    outcome: 'succeeded',
    result: `${title}, and done`,
  }));
  await eventually(async () => (await server.admin.tasks.get(taskId)).state === 'completed');
  expect(await server.admin.tasks.get(taskId)).toMatchObject({ result: 'Interrupted, and done' });
  controller.abort();
  await again;
});
