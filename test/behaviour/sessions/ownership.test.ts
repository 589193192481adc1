import { expect, test } from 'vitest';
import { expectAllRejected } from '../../support/expect-all-rejected.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test("another program's session can be neither updated nor created again, and nothing of it changes", async () => {
  const [owner, other] = [await server.createProgram(), await server.createProgram()];
  const { sessionId } = await owner.client.sessions.create({ name: 'Mine', status: 'Mine', progress: 10 });
  const before = await owner.client.sessions.get(sessionId);
  server.clock.advance(1_000);
  const attempts = [
    other.client.sessions.update(sessionId, { status: 'Theirs', state: 'complete', lastHeartbeat: true }),
    other.client.sessions.create({ name: 'Theirs', sessionId, progress: 99 }),
    other.client.sessions.create({ name: 'Theirs', sessionId, programId: other.programId }),
  ];
  await expectAllRejected(attempts, { status: 403, kind: 'forbidden' });
  expect(await owner.client.sessions.get(sessionId)).toEqual(before);
  expect((await other.client.sessions.list({ programId: other.programId })).sessions).toEqual([]);
});

test('a program creates only its own sessions, whatever it claims to be', async () => {
  const [mine, other] = [await server.createProgram(), await server.createProgram()];
  const { programId } = mine;
  expect(await mine.client.sessions.create({ name: 'Mine', programId })).toMatchObject({ programId });
  const attempt = mine.client.sessions.create({ name: 'Mine', programId: other.programId });
  await expect(attempt).rejects.toMatchObject({ status: 403, kind: 'forbidden' });
  expect((await server.admin.sessions.list({ programId: other.programId })).sessions).toEqual([]);
});

test('an auditor reads sessions and writes none', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Mine' });
  const auditor = server.client((await server.admin.keys.create({ role: 'auditor' })).key);
  expect(await auditor.sessions.get(sessionId)).toMatchObject({ sessionId });
  await expect(auditor.sessions.update(sessionId, { status: 'S' })).rejects.toMatchObject({ status: 403 });
  await expect(auditor.sessions.create({ name: 'S' })).rejects.toMatchObject({ status: 403 });
});

test('an admin opens and updates sessions of any program, and the program exists from then on', async () => {
  const admin = server.client((await server.admin.keys.create({ role: 'admin' })).key);
  const programId = randomName();
  const { sessionId } = await admin.sessions.create({ name: 'For it', programId });
  expect(await admin.sessions.update(sessionId, { status: 'Seen' })).toMatchObject({ programId, status: 'Seen' });
  expect(await admin.state.read(programId)).toMatchObject({ programId, exists: false });
});

test('a session stays with its program, also when an admin names another', async () => {
  const [owner, other] = [await server.createProgram(), await server.createProgram()];
  const { sessionId } = await owner.client.sessions.create({ name: 'Mine' });
  const move = server.admin.sessions.create({ name: 'Moved', sessionId, programId: other.programId });
  await expect(move).rejects.toMatchObject({ status: 409, kind: 'session-of-another-program' });
  expect(await owner.client.sessions.get(sessionId)).toMatchObject({ name: 'Mine', programId: owner.programId });
});

test('no header, query or path changes the identity of a key', async () => {
  const [mine, other] = [await server.createProgram(), await server.createProgram()];
  await other.client.sessions.create({ name: 'Theirs' });
  const answer = await fetch(`${server.url}/v1/sessions/current`, {
    method: 'PATCH',
    headers: {
      Authorization: `Bearer ${mine.key}`,
      'Content-Type': 'application/json',
      'X-Program-Id': other.programId,
      'X-Forwarded-User': other.programId,
      Cookie: `programId=${other.programId}`,
    },
    body: JSON.stringify({ status: 'Overwritten' }),
  });
  expect(answer.status).toBe(404);
});
