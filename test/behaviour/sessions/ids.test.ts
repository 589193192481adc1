import { expect, test } from 'vitest';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const GOOD = ['a', '7', 'A.b_c:d-e', 'x'.repeat(100), 'null', 'Current', 'constructor', '1e5', '007'];
const BAD = [
  '',
  '-a',
  '.a',
  '_a',
  ':a',
  'a/b',
  'a b',
  'a\n',
  'ä',
  'a\u0000',
  '..',
  '.',
  'a%2Fb',
  'x'.repeat(101),
  '🚀',
  'a?b',
  'a#b',
];

test.each(GOOD)('%j can be the id of a session', async (sessionId) => {
  const { client } = await server.createProgram();
  expect(await client.sessions.create({ name: 'Named', sessionId })).toMatchObject({ sessionId });
  expect(await client.sessions.get(sessionId)).toMatchObject({ sessionId });
  expect(await client.sessions.update(sessionId, { status: 'S' })).toMatchObject({ sessionId, status: 'S' });
});

test.each(BAD)('%j cannot be the id of a session', async (sessionId) => {
  const { programId, client } = await server.createProgram();
  await expect(client.sessions.create({ name: 'Named', sessionId })).rejects.toMatchObject({
    status: 400,
    problem: { errors: expect.arrayContaining([expect.objectContaining({ pointer: '#/sessionId' })]) },
  });
  expect((await client.sessions.list({ programId })).sessions).toEqual([]);
});

test('the case of an id matters', async () => {
  const { client } = await server.createProgram();
  const lower = randomName('case');
  const upper = lower.toUpperCase();
  await client.sessions.create({ name: 'Lower', sessionId: lower });
  await expect(client.sessions.get(upper)).rejects.toMatchObject({ status: 404 });
  const made = await client.api.POST('/v1/sessions', { body: { name: 'Upper', sessionId: upper } });
  expect(made.response.status).toBe(201);
  expect(await client.sessions.get(lower)).toMatchObject({ name: 'Lower' });
  expect(await client.sessions.get(upper)).toMatchObject({ name: 'Upper' });
});

test('the case of a program matters', async () => {
  const lower = randomName('case');
  const upper = lower.toUpperCase();
  const [small, large] = await Promise.all(
    [lower, upper].map(async (programId) => server.client((await server.admin.keys.create({ programId })).key)),
  );
  await small?.sessions.create({ name: 'Small' });
  await large?.state.update(upper, { contextSummary: { lastTask: 'Large' } });
  expect((await server.admin.sessions.list({ programId: upper })).sessions).toEqual([]);
  expect(await small?.state.read(lower)).toMatchObject({ exists: false });
  const { programs } = await server.admin.fleet.health();
  expect(programs.map((program) => program.programId)).toEqual(expect.arrayContaining([lower, upper]));
});
