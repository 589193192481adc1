/** A message has an address of its own: who sent it or got it reads it there, and who reads it between others is audited. */
import { expect, test } from 'vitest';
import type { components } from '../../../openapi/generated/types.ts';
import { bearer } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('sending tells where the message is, and that tells how far it has come', async () => {
  const [builder, reviewer] = [await server.createProgram(), await server.createProgram()];
  const response = await fetch(`${server.url}/v1/messages`, {
    method: 'POST',
    headers: { ...bearer(builder.key), 'content-type': 'application/json' },
    body: JSON.stringify({ to: reviewer.programId, kind: 'QUERY', text: 'Ready?' }),
  });
  const sent = (await response.json()) as components['schemas']['SentMessage'];
  expect([response.status, response.headers.get('location')]).toEqual([201, `/v1/messages/${sent.messageId}`]);
  expect(await builder.client.messages.get(sent.messageId)).toEqual(sent);
  await reviewer.client.messages.confirmDelivery([sent.messageId]);
  await reviewer.client.messages.acknowledge(sent.messageId);
  for (const { client } of [builder, reviewer])
    expect(await client.messages.get(sent.messageId)).toEqual({ ...sent, delivered: 1, acknowledged: 1 });
});

test('to a third program it is not there, and an admin who reads it is audited, once', async () => {
  const [builder, reviewer, third] = [
    await server.createProgram(),
    await server.createProgram(),
    await server.createProgram(),
  ];
  const { messageId } = await builder.client.messages.send({ to: reviewer.programId, kind: 'PING', text: 'Hello' });
  const missing = expect.objectContaining({ kind: 'message-not-found', status: 404 });
  await expect(third.client.messages.get(messageId)).rejects.toEqual(missing);
  await expect(server.admin.messages.get('0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e')).rejects.toEqual(missing);
  const readEntries = async () =>
    (await server.admin.audit.list({ action: 'getMessage' })).audit.filter(({ subject }) => subject === messageId);
  expect(await readEntries()).toEqual([]);
  for (const _time of [1, 2]) expect((await server.admin.messages.get(messageId)).text).toBe('Hello');
  expect(await readEntries()).toHaveLength(1);
});
