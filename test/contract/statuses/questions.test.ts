import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpAgent } from '../../support/http-agent.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const http = (key: string) => createHttpAgent(server.url, key);

/** A program with a session and an open question. */
async function withQuestion() {
  const program = await server.createProgram();
  const { sessionId } = await program.client.sessions.create({ name: 'A run' });
  const { questionId } = await program.client.questions.ask({ title: 'May I?' });
  return { ...program, sessionId, path: `/v1/questions/${questionId}` };
}

test('a question is asked (201), listed, read, answered and withdrawn (200)', async () => {
  const { key, path } = await withQuestion();
  await http(key).post('/v1/questions').send({ title: 'Another?' }).expect(201);
  await http(key).get('/v1/questions').expect(200);
  await http(key).get(path).query({ wait: 0 }).expect(200);
  await http(key).post(`${path}/withdraw`).expect(200);
  const other = await withQuestion();
  await http(server.adminKey).post(`${other.path}/answer`).send({ text: 'Yes' }).expect(200);
});

test('a question that is not there is 404 for everything, and so is asking for a session that is not there', async () => {
  const { key } = await withQuestion();
  for (const refused of [
    await http(key).get('/v1/questions/nothing'),
    await http(server.adminKey).post('/v1/questions/nothing/answer').send({ text: 'Yes' }),
    await http(key).post('/v1/questions/nothing/withdraw'),
  ]) {
    expect(refused).toMatchObject({ status: 404, body: { type: '/problems/question-not-found' } });
  }
  await http(key).post('/v1/questions').send({ title: 'May I?', sessionId: 'nothing' }).expect(404);
});

test('asking for the session of another program, answering by a program and withdrawing by an auditor are 403', async () => {
  const [one, other] = [await withQuestion(), await withQuestion()];
  await http(one.key).post('/v1/questions').send({ title: 'May I?', sessionId: other.sessionId }).expect(403);
  await http(one.key).post(`${one.path}/answer`).send({ text: 'Yes' }).expect(403);
  const { key } = await server.admin.keys.create({ role: 'auditor' });
  await http(key).post(`${one.path}/withdraw`).expect(403);
});

test('asking for an ended session, and closing what is closed, are 409', async () => {
  const { key, client, sessionId, path } = await withQuestion();
  await http(server.adminKey).post(`${path}/answer`).send({ text: 'Yes' }).expect(200);
  await http(server.adminKey).post(`${path}/answer`).send({ text: 'No' }).expect(409);
  await http(key).post(`${path}/withdraw`).expect(409);
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  await http(key).post('/v1/questions').send({ title: 'May I?', sessionId }).expect(409);
});
