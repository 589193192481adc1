import { expect, test } from 'vitest';
import { createHttpAgent } from '../../support/http-agent.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const http = (key: string) => createHttpAgent(server.url, key);

test('creating a session is 201 for a new id and 200 for an existing one', async () => {
  const { key } = await server.createProgram();
  const session = { name: 'Auth refactor', sessionId: randomName('s') };
  await http(key).post('/v1/sessions').send(session).expect(201);
  await http(key).post('/v1/sessions').send(session).expect(200);
});

test('the reserved id, and another program in the body, are refused', async () => {
  const { key } = await server.createProgram();
  const reserved = await http(key).post('/v1/sessions').send({ name: 'A', sessionId: 'current' }).expect(400);
  expect(reserved.body.errors).toMatchObject([{ in: 'body', pointer: '#/sessionId' }]);
  await http(key).post('/v1/sessions').send({ name: 'A', programId: 'somebody-else' }).expect(403);
});

test("another program's session can be read but neither created again nor updated", async () => {
  const [owner, other] = [await server.createProgram(), await server.createProgram()];
  const { sessionId, name } = await owner.client.sessions.create({ name: 'Mine' });
  await http(other.key).get(`/v1/sessions/${sessionId}`).expect(200);
  await http(other.key).post('/v1/sessions').send({ name: 'Yours', sessionId }).expect(403);
  await http(other.key).patch(`/v1/sessions/${sessionId}`).send({ status: 'Yours' }).expect(403);
  expect(await owner.client.sessions.get(sessionId)).toMatchObject({ name, status: null });
});

test('an unknown session is 404 for reading and updating, and is not created', async () => {
  const { key, client, programId } = await server.createProgram();
  const path = `/v1/sessions/${randomName('nobody')}`;
  await http(key).get(path).expect(404);
  await http(key).patch(path).send({ status: 'Hello?' }).expect(404);
  await http(key).get('/v1/sessions/current').expect(404);
  await http(key).get(`${path}/timeline`).expect(404);
  expect(await client.sessions.list({ programId })).toEqual({ sessions: [], nextCursor: null });
});

test('updating and listing sessions is 200', async () => {
  const { key, client } = await server.createProgram();
  await client.sessions.create({ name: 'A' });
  await http(key).patch('/v1/sessions/current').send({ status: 'Working' }).expect(200);
  const { body } = await http(key).get('/v1/sessions').query({ state: 'working', limit: 20 }).expect(200);
  expect(body.sessions).toContainEqual(expect.objectContaining({ status: 'Working' }));
});

test('a cursor that the server did not issue is refused', async () => {
  const { body } = await http(server.adminKey).get('/v1/sessions').query({ cursor: 'bm9uc2Vuc2U' }).expect(400);
  expect(body.errors).toMatchObject([{ in: 'query', pointer: '#/cursor' }]);
});

test('beyond the limit of the tier a new and a revived session are 409, and the problem names the active sessions', async () => {
  const { client } = await server.createAccount('free');
  await client.sessions.create({ name: 'Done', sessionId: 'done', state: 'complete' });
  await client.sessions.create({ name: 'Running', sessionId: 'running' });
  const full = {
    status: 409,
    kind: 'session-limit-reached',
    problem: { tier: 'free', limit: 1, active: 1, inTheWay: ['running'] },
  };
  await expect(client.sessions.create({ name: 'One more' })).rejects.toMatchObject(full);
  await expect(client.sessions.update('done', { status: 'Back', state: 'working' })).rejects.toMatchObject(full);
  expect(await client.sessions.get('done')).toMatchObject({ state: 'complete', status: null });
});
