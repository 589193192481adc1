import { expect, test } from 'vitest';
import { createHttpAgent } from '../../support/http-agent.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const http = (key: string) => createHttpAgent(server.url, key);

/** A program with a session, and a task for it. */
async function withTask() {
  const program = await server.createProgram();
  const { sessionId } = await program.client.sessions.create({ name: 'A run' });
  const { taskId } = await server.admin.tasks.create({ title: 'Work', target: program.programId });
  return { ...program, sessionId, taskId, path: `/v1/tasks/${taskId}` };
}

test('a task is created (201), listed, read, claimed, released and completed (200)', async () => {
  const { key, programId, sessionId } = await withTask();
  const made = await http(server.adminKey).post('/v1/tasks').send({ title: 'Next', target: programId }).expect(201);
  const path = `/v1/tasks/${made.body.taskId}`;
  const { body } = await http(key).get('/v1/tasks').query({ target: programId }).expect(200);
  expect(body.tasks).toContainEqual(expect.objectContaining({ title: 'Next', state: 'created' }));
  await http(key).get(path).expect(200);
  const claimed = await http(key).post(`${path}/claim`).expect(200);
  expect(claimed.body).toMatchObject({ state: 'claimed', claimedSession: sessionId });
  await http(key).post(`${path}/release`).expect(200);
  await http(key).post(`${path}/claim`).send({ sessionId }).expect(200);
  const done = await http(key).post(`${path}/complete`).send({ outcome: 'succeeded', result: 'Done' }).expect(200);
  expect(done.body).toMatchObject({ state: 'completed', outcome: 'succeeded', result: 'Done' });
});

test('an unknown task is 404 for every operation, and so is a task for an unknown program', async () => {
  const { key } = await withTask();
  const path = '/v1/tasks/nothing';
  for (const refused of [
    await http(key).get(path),
    await http(key).post(`${path}/claim`),
    await http(key).post(`${path}/release`),
    await http(key).post(`${path}/complete`).send({ outcome: 'failed' }),
  ]) {
    expect(refused).toMatchObject({ status: 404, body: { type: '/problems/task-not-found' } });
  }
  const { body } = await http(key).post('/v1/tasks').send({ title: 'Work', target: 'nobody' }).expect(404);
  expect(body.type).toBe('/problems/program-not-found');
});

test("claiming, releasing and completing with another program's session is 403", async () => {
  const [owner, other] = [await withTask(), await withTask()];
  const { sessionId } = owner;
  await http(other.key).post(`${owner.path}/claim`).send({ sessionId }).expect(403);
  await http(owner.key).post(`${owner.path}/claim`).expect(200);
  await http(other.key).post(`${owner.path}/release`).send({ sessionId }).expect(403);
  await http(other.key).post(`${owner.path}/complete`).send({ outcome: 'failed', sessionId }).expect(403);
  expect(await owner.client.tasks.get(owner.taskId)).toMatchObject({ state: 'claimed', claimedSession: sessionId });
});

test('a task of another session, an unclaimed one and a completed one are 409, each with its own kind', async () => {
  const { key, programId, client, path } = await withTask();
  const act = (verb: string) => http(key).post(`${path}/${verb}`);
  for (const verb of ['release', 'complete']) {
    const { body } = await act(verb)
      .send(verb === 'complete' ? { outcome: 'failed' } : {})
      .expect(409);
    expect(body.type).toBe('/problems/task-not-claimed');
  }
  await act('claim').expect(200);
  const { sessionId } = await client.sessions.create({ name: 'Another run' });
  const taken = await act('claim').send({ sessionId }).expect(409);
  expect(taken.body).toMatchObject({ type: '/problems/task-taken', claimedBy: programId });
  await act('complete').send({ outcome: 'succeeded' }).expect(200);
  for (const verb of ['claim', 'release']) {
    expect((await act(verb).expect(409)).body.type).toBe('/problems/task-completed');
  }
});
