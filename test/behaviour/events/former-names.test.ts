/** `types` was called `kinds`: who still sends that name is understood, and answered with the new one. */
import { expect, test } from 'vitest';
import { openRawEventStream } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
const URL_OF_HOOK = 'http://127.0.0.1:1025/hook';

const send = (method: string, path: string, body: object) =>
  sendRaw(server.url, {
    method,
    path,
    headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a webhook is made and changed with kinds, and shows types', async () => {
  const made = await send('POST', '/v1/webhooks', { url: URL_OF_HOOK, kinds: ['task.created'] });
  expect(made.status).toBe(201);
  const { webhookId, ...webhook } = JSON.parse(made.text);
  expect(webhook).toMatchObject({ types: ['task.created'] });
  expect(webhook).not.toHaveProperty('kinds');
  const changed = await send('PATCH', `/v1/webhooks/${webhookId}`, { kinds: ['task.completed'] });
  expect(JSON.parse(changed.text)).toMatchObject({ types: ['task.completed'] });
});

test('both names at once, or a wrong value under the former one, are refused', async () => {
  for (const body of [{ types: ['task.created'], kinds: ['task.created'] }, { kinds: ['no.such'] }, { kinds: 'all' }]) {
    const { status, text } = await send('POST', '/v1/webhooks', { url: URL_OF_HOOK, ...body });
    expect([status, JSON.parse(text).type]).toEqual([400, expect.stringContaining('invalid-request')]);
  }
  const both = await send('GET', '/v1/events?types=task.created&kinds=task.created', {});
  expect(both.status).toBe(400);
});

test('a stream is filtered by kinds', async () => {
  const { key, client } = await server.createProgram();
  const stream = await openRawEventStream(server.url, key, '?after=0&kinds=session.completed');
  const { sessionId } = await client.sessions.create({ name: 'Release' });
  await client.sessions.update(sessionId, { status: 'Released', state: 'complete' });
  await eventually(async () => (await stream.next())?.event === 'session.completed');
  expect(stream.text()).not.toContain('session.created');
  stream.close();
});
