/** Whoever registers a webhook chooses the name server that is asked for its host: it may be as slow as it likes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { type SilentNameServer, startSilentNameServer } from '../../support/silent-name-server.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const SOON = { timeout: 30_000, interval: 10 };

let server: TestServer;
let nameServer: SilentNameServer;
beforeAll(async () => {
  const environment = { FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'false', FLEETBEAT_WEBHOOKS_EVERY: '20ms' };
  server = await startTestServer({ environment });
  nameServer = await startSilentNameServer();
});
afterAll(async () => {
  nameServer.close();
  await server.close();
});

const createWebhook = (key: string, host: string, idempotencyKey?: string) =>
  sendRaw(server.url, {
    method: 'POST',
    path: '/v1/webhooks',
    headers: {
      ...bearer(key),
      'Content-Type': 'application/json',
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
    },
    body: JSON.stringify({ url: `https://${host}/`, types: ['task.created'] }),
  });

test('a name is looked up before the transaction of an Idempotency-Key: nobody waits for it', async () => {
  const { key } = await server.createAccount('team');
  let isCreated = false;
  const creating = createWebhook(key, 'slow.test', 'once').finally(() => {
    isCreated = true;
  });
  await expect.poll(() => nameServer.questions(), SOON).toBeGreaterThan(0);
  const { sessionId } = await server.admin.sessions.create({ name: 'Of another account' });
  await server.admin.sessions.update(sessionId, { status: 'Busy', lastHeartbeat: true });
  expect(isCreated).toBe(false);
  // What cannot be looked up is checked again when it is connected to.
  const created = await creating;
  expect(created.status).toBe(201);
  const repeated = await createWebhook(key, 'slow.test', 'once');
  expect(repeated.headers['idempotent-replayed']).toBe('true');
  expect(JSON.parse(repeated.text)).toEqual(JSON.parse(created.text));
});

test('a refusal after the lookup keeps no answer, and one that came first is repeated whatever is true by now', async () => {
  const { key } = await server.createAccount('team');
  expect((await createWebhook(key, 'build.internal', 'other')).status).toBe(400);
  expect((await createWebhook(key, '93.184.215.14', 'other')).status).toBe(201);
});

test('a delivery to a name that nobody answers for fails in time, and names the cause', async () => {
  const { client } = await server.createAccount('team');
  const { webhookId } = await client.webhooks.create({ url: 'https://slow.test/', types: ['task.created'] });
  const { attempts } = await client.webhooks.test(webhookId);
  expect(attempts).toMatchObject([{ status: null, error: expect.stringMatching(/slow\.test/) }]);
});

test('slow names of one account take its share of lookups, and no thread that all need', async () => {
  const { key } = await server.createAccount('team');
  const before = nameServer.questions();
  const slow = Array.from({ length: 16 }, (_, index) => createWebhook(key, `s${index}.slow.test`));
  await expect.poll(() => nameServer.questions(), SOON).toBeGreaterThan(before);
  const { client } = await server.createAccount('team');
  await client.keys.create({ programId: 'builder' });
  expect((await client.keys.list()).keys).not.toEqual([]);
  const { key: other } = await server.createAccount('team');
  expect((await createWebhook(other, '93.184.215.14')).status).toBe(201);
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual(slow.map(() => 201));
});
