import { expect, test } from 'vitest';
import { expectAllRejected } from '../../support/expect-all-rejected.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('current is the most recently updated live session of the program', async () => {
  const { client } = await server.createProgram();
  const first = await client.sessions.create({ name: 'First' });
  server.clock.advance(1_000);
  const second = await client.sessions.create({ name: 'Second' });
  expect((await client.sessions.get('current')).sessionId).toBe(second.sessionId);
  server.clock.advance(1_000);
  await client.sessions.update(first.sessionId, { status: 'Here again' });
  expect((await client.sessions.get('current')).sessionId).toBe(first.sessionId);
  expect((await client.sessions.update('current', { status: 'Still here' })).sessionId).toBe(first.sessionId);
});

test('a complete session is never current', async () => {
  const { client } = await server.createProgram();
  const first = await client.sessions.create({ name: 'First' });
  server.clock.advance(1_000);
  const second = await client.sessions.create({ name: 'Second' });
  await client.sessions.update(second.sessionId, { status: 'Done', state: 'complete' });
  expect((await client.sessions.get('current')).sessionId).toBe(first.sessionId);
  await client.sessions.update('current', { status: 'Done', state: 'complete' });
  const lost = [client.sessions.get('current'), client.sessions.update('current', { status: 'Late' })];
  await expectAllRejected(lost, { status: 404, problem: { detail: expect.stringContaining('createSession') } });
});

test("another program's session is never the current one", async () => {
  const [mine, other] = [await server.createProgram(), await server.createProgram()];
  await other.client.sessions.create({ name: 'Theirs' });
  await expect(mine.client.sessions.update('current', { status: 'Lost' })).rejects.toMatchObject({ status: 404 });
});

test('a key without a program has no current session', async () => {
  await server.admin.sessions.create({ name: 'Of nobody' });
  await expect(server.admin.sessions.get('current')).rejects.toMatchObject({ status: 404 });
});

test('current is reserved: no session can have that id', async () => {
  const { client } = await server.createProgram();
  await expect(client.sessions.create({ name: 'Sly', sessionId: 'current' })).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ in: 'body', pointer: '#/sessionId' }] },
  });
});

test('of many simultaneous updates of the current session, each finds it', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Busy' });
  const updates = Array.from({ length: 60 }, (_, index) => client.sessions.update('current', { status: `S ${index}` }));
  for (const [index, updated] of (await Promise.all(updates)).entries()) {
    expect(updated).toMatchObject({ sessionId, status: `S ${index}` });
  }
});

test('of many simultaneous completions of the current session, each session is completed by one', async () => {
  const { client, programId } = await server.createProgram();
  for (let index = 0; index < 5; index += 1) await client.sessions.create({ name: `S ${index}` });
  const done = await Promise.allSettled(
    Array.from({ length: 8 }, () => client.sessions.update('current', { status: 'Done', state: 'complete' })),
  );
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect((await client.sessions.list({ programId, state: 'complete' })).sessions).toHaveLength(5);
});
