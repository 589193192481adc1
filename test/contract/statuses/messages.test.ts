import { expect, test } from 'vitest';
import { createHttpAgent } from '../../support/http-agent.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const http = (key: string) => createHttpAgent(server.url, key);
const ping = (to: string) => ({ to, kind: 'PING' as const, text: 'Hello' });

test('a message is sent (201), listed in the inbox and among sent messages, and acknowledged (200)', async () => {
  const [sender, recipient] = [await server.createProgram(), await server.createProgram()];
  const { body: sent } = await http(sender.key).post('/v1/messages').send(ping(recipient.programId)).expect(201);
  const { body: inbox } = await http(recipient.key).get('/v1/messages').expect(200);
  expect(inbox.messages).toMatchObject([{ messageId: sent.messageId, sender: sender.programId, acknowledgedAt: null }]);
  const acknowledgement = `/v1/messages/${sent.messageId}/acknowledge`;
  const { body: read } = await http(recipient.key).post(acknowledgement).expect(200);
  expect((await http(recipient.key).post(acknowledgement).expect(200)).body).toEqual(read);
  const { body: all } = await http(sender.key).get('/v1/messages/sent').expect(200);
  expect(all.messages).toMatchObject([{ messageId: sent.messageId, recipients: 1, acknowledged: 1 }]);
});

test("another program's inbox is 403 for a program; an admin and an auditor may read it", async () => {
  const [owner, other] = [await server.createProgram(), await server.createProgram()];
  const { messageId } = await other.client.messages.send(ping(owner.programId));
  const auditor = await server.admin.keys.create({ role: 'auditor' });
  const { programId } = owner;
  await http(other.key).get('/v1/messages').query({ programId }).expect(403);
  await http(other.key).post(`/v1/messages/${messageId}/acknowledge`).query({ programId }).expect(403);
  for (const key of [server.adminKey, auditor.key]) {
    const { body } = await http(key).get('/v1/messages').query({ programId }).expect(200);
    expect(body.messages).toMatchObject([{ messageId, acknowledgedAt: null }]);
  }
});

test('an unknown program or message is 404', async () => {
  const { key, programId } = await server.createProgram();
  const missing = { status: 404, body: { type: '/problems/program-not-found' } };
  expect(await http(key).post('/v1/messages').send(ping('nobody'))).toMatchObject(missing);
  expect(await http(server.adminKey).get('/v1/messages').query({ programId: 'nobody' })).toMatchObject(missing);
  for (const refused of [
    await http(key).post('/v1/messages/nothing/acknowledge'),
    await http(server.adminKey).post('/v1/messages/nothing/acknowledge').query({ programId }),
    await http(key)
      .post('/v1/messages')
      .send({ ...ping(programId), replyTo: 'nothing' }),
  ]) {
    expect(refused).toMatchObject({ status: 404, body: { type: '/problems/message-not-found' } });
  }
});

test('an Idempotency-Key that was used for another inbox is 409 and changes nothing', async () => {
  const [one, other] = [await server.createProgram(), await server.createProgram()];
  const { messageId } = await server.admin.messages.send(ping('*'));
  const acknowledge = (programId: string) =>
    http(server.adminKey)
      .post(`/v1/messages/${messageId}/acknowledge`)
      .query({ programId })
      .set('Idempotency-Key', 'acknowledged-once');
  await acknowledge(one.programId).expect(200);
  const { body } = await acknowledge(other.programId).expect(409);
  expect(body.type).toBe('/problems/idempotency-key-reused');
  const { messages } = await other.client.messages.list();
  expect(messages).toMatchObject([{ messageId, acknowledgedAt: null }]);
});

test('a key without a program has no inbox of its own (400)', async () => {
  const { body } = await http(server.adminKey).get('/v1/messages').expect(400);
  expect(body.errors).toMatchObject([{ in: 'query', pointer: '#/programId' }]);
});
