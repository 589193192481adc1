import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer({ stopClock: true });

const DAY = 86_400_000;

test('a new task has what was asked, sensible defaults, and who made it', async () => {
  const { client, programId } = await server.createProgram();
  const plain = await client.tasks.create({ title: 'Review', target: programId });
  expect(plain).toMatchObject({
    title: 'Review',
    instructions: '',
    target: programId,
    priority: 3,
    state: 'created',
    outcome: null,
    result: null,
    expired: false,
    createdBy: programId,
    createdAt: new Date(server.clock.now()).toISOString(),
    expiresAt: null,
  });
  const full = { title: 'Now', target: '*', instructions: 'Zeile 1\nZeile 2 🚀', priority: 5, ttlSeconds: 86_400 };
  const made = await server.admin.tasks.create(full);
  const { ttlSeconds: _, ...asked } = full;
  expect(made).toMatchObject({ ...asked, createdBy: null });
  expect(Date.parse(made.expiresAt ?? '')).toBe(server.clock.now() + DAY);
  expect(await client.tasks.get(made.taskId)).toEqual(made);
});

test('work for a program that does not exist is refused', async () => {
  const { client } = await server.createProgram();
  const refusal = client.tasks.create({ title: 'Review', target: 'nobody-here' });
  await expect(refusal).rejects.toMatchObject({ status: 404, kind: 'program-not-found' });
  const { key } = await server.admin.keys.create({ role: 'auditor' });
  const auditor = server.client(key);
  await expect(auditor.tasks.create({ title: 'Review', target: '*' })).rejects.toMatchObject({ status: 403 });
});

test('the limits of every field hold', async () => {
  const fine = { title: 'x'.repeat(200), target: '*', instructions: 'ä'.repeat(20_000), ttlSeconds: 2_592_000 };
  await server.admin.tasks.create(fine);
  const wrong = [
    { title: '' },
    { title: 'x'.repeat(201) },
    { instructions: 'x'.repeat(20_001) },
    { target: '**' },
    { target: 'a b' },
    { priority: 0 },
    { priority: 6 },
    { priority: 2.5 },
    { ttlSeconds: 59 },
    { ttlSeconds: 2_592_001 },
    { state: 'completed' },
  ];
  for (const each of wrong) {
    const refusal = server.admin.tasks.create({ ...fine, ...each });
    await expect(refusal, JSON.stringify(each).slice(0, 60)).rejects.toMatchObject({ status: 400 });
  }
});

test('an account sees and changes no task of another', async () => {
  const { client: mine } = await server.createAccount('unlimited');
  const { client: theirs } = await server.createAccount('unlimited');
  for (const client of [mine, theirs]) await client.keys.create({ programId: 'builder' });
  const { sessionId } = await theirs.sessions.create({ name: 'Theirs', programId: 'builder' });
  const { taskId } = await mine.tasks.create({ title: 'Secret', target: '*' });
  const notFound = { status: 404, kind: 'task-not-found' };
  await expect(theirs.tasks.get(taskId)).rejects.toMatchObject(notFound);
  await expect(theirs.tasks.claim(taskId, sessionId)).rejects.toMatchObject(notFound);
  await expect(theirs.tasks.release(taskId)).rejects.toMatchObject(notFound);
  await expect(theirs.tasks.complete(taskId, { outcome: 'cancelled' })).rejects.toMatchObject(notFound);
  expect((await theirs.tasks.list({ state: 'all' })).tasks).toEqual([]);
  expect((await theirs.fleet.health()).programs[0]?.pendingTasks).toBe(0);
  expect((await mine.fleet.health()).programs[0]?.pendingTasks).toBe(1);
});

test('a body without a media type is refused, not overlooked', async () => {
  const { client, programId, key } = await server.createProgram();
  await client.sessions.create({ name: 'Working' });
  const { taskId } = await server.admin.tasks.create({ title: 'Review', target: programId });
  const answer = await fetch(`${server.url}/v1/tasks/${taskId}/claim`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: new TextEncoder().encode('{"sessionId":"another"}'),
  });
  expect(answer.status).toBe(415);
  expect((await client.tasks.get(taskId)).state).toBe('created');
});

test('claim and release need no body in REST', async () => {
  const { client, programId, key } = await server.createProgram();
  await client.sessions.create({ name: 'Working' });
  const { taskId } = await server.admin.tasks.create({ title: 'Review', target: programId });
  for (const [step, state] of [
    ['claim', 'claimed'],
    ['release', 'created'],
  ] as const) {
    const answer = await fetch(`${server.url}/v1/tasks/${taskId}/${step}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    expect([answer.status, ((await answer.json()) as { state: string }).state]).toEqual([200, state]);
  }
});
