/** A key that is revoked while its request waits, for a person, an endpoint or its own body, takes no effect and is told nothing. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { bearer } from '../../support/raw-request.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { openWebPage } from '../../support/web-page.ts';
import { startWebhookReceiver } from '../../support/webhook-receiver.ts';

/** Longer than a revocation on another server takes. */
const SLOW_MS = 2_500;
const REFUSAL = { status: 401, kind: 'unauthenticated' };

let server: TestServer;
/** Another server of the same database, which tells the first one nothing. */
let other: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  other = await startTestServer({ database: server.database });
});
afterAll(async () => {
  await other.close();
  await server.close();
});

const revokeElsewhere = (keyId: string) => other.client(server.adminKey).keys.revoke(keyId);

async function askQuestion() {
  const { client } = await server.createProgram();
  await client.sessions.create({ name: 'A run' });
  return client.questions.ask({ title: 'May I?' });
}

test('the wait for an answer ends when its key is revoked by another server', async () => {
  const { questionId } = await askQuestion();
  const { key, keyId } = await server.admin.keys.create({ role: 'auditor' });
  const startedAt = performance.now();
  const waiting = server.client(key).questions.get(questionId, { wait: 25 });
  const refused = expect(waiting).rejects.toMatchObject(REFUSAL);
  await revokeElsewhere(keyId);
  await refused;
  // It would have waited for 25 s.
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});

test('the wait of a web session ends when it is signed out elsewhere', async () => {
  const { questionId } = await askQuestion();
  const { key } = await server.admin.keys.create({ role: 'admin' });
  const page = openWebPage(server.url);
  await page.signIn({ key });
  const waiting = page.request('GET', `/v1/questions/${questionId}?wait=25`);
  await sleep(100);
  const { webSessions } = await other.client(key).webSessions.list();
  for (const { webSessionId } of webSessions) await other.client(key).webSessions.end(webSessionId);
  expect((await waiting).status).toBe(401);
});

test('a wait whose key stays valid is answered', async () => {
  const { questionId } = await askQuestion();
  const { key } = await server.admin.keys.create({ role: 'auditor' });
  const waiting = server.client(key).questions.get(questionId, { wait: 25 });
  await sleep(SLOW_MS);
  await server.admin.questions.answer(questionId, { text: 'Yes' });
  expect(await waiting).toMatchObject({ state: 'answered' });
});

test('a test of a webhook is not answered when its key was revoked meanwhile', async () => {
  const receiver = await startWebhookReceiver();
  receiver.respondWith(() => undefined);
  const { webhookId } = await server.admin.webhooks.create({ url: receiver.url, types: ['task.created'] });
  const { key, keyId } = await server.admin.keys.create({ role: 'admin' });
  const testing = server.client(key).webhooks.test(webhookId);
  const refused = expect(testing).rejects.toMatchObject(REFUSAL);
  await eventually(async () => receiver.received.length > 0);
  await revokeElsewhere(keyId);
  await refused;
  await receiver.close();
});

/** Creates a task by REST or MCP; `meanwhile` runs between the two halves of the body. */
async function createTaskSlowly(path: string, key: string, title: string, meanwhile: () => Promise<unknown>) {
  const task = { title, target: '*' };
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'create_task', arguments: task } };
  const body = JSON.stringify(path === '/mcp' ? call : task);
  const headers = {
    ...bearer(key),
    'content-type': 'application/json',
    'content-length': body.length,
    accept: 'application/json, text/event-stream',
  };
  const sending = request(`${server.url}${path}`, { method: 'POST', headers });
  // Just found valid, so that the request is accepted.
  await server.client(key).me();
  const responding = once(sending, 'response') as Promise<[IncomingMessage]>;
  sending.write(body.slice(0, 10));
  await meanwhile();
  await sleep(SLOW_MS);
  sending.end(body.slice(10));
  const [response] = await responding;
  return { status: response.statusCode, text: await text(response) };
}

describe.each(['/v1/tasks', '/mcp'])('a body to %s that comes slowly', (path) => {
  const listTasks = async () => JSON.stringify(await server.admin.tasks.list({ limit: 50 }));

  test('takes no effect when its key was revoked meanwhile', async () => {
    const { key, keyId } = await server.admin.keys.create({ role: 'admin' });
    const { status } = await createTaskSlowly(path, key, `Too late for ${path}`, () => revokeElsewhere(keyId));
    expect(status).toBe(401);
    expect(await listTasks()).not.toContain(`Too late for ${path}`);
  });

  test('takes effect while its key is valid', async () => {
    const { key } = await server.admin.keys.create({ role: 'admin' });
    const { text: answer } = await createTaskSlowly(path, key, `In time for ${path}`, async () => undefined);
    expect(answer).toContain(`In time for ${path}`);
    expect(await listTasks()).toContain(`In time for ${path}`);
  });
});
