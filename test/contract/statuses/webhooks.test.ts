import { expect, test } from 'vitest';
import { createHttpAgent } from '../../support/http-agent.ts';
import { runSql } from '../../support/sql.ts';
import { startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { startWebhookReceiver } from '../../support/webhook-receiver.ts';

const server = useTestServer();

const NOWHERE = { url: 'http://127.0.0.1:1025/', types: ['task.created'] };

test('a webhook is created (201), read (200), listed (200), changed (200), rotated (201), tested (200) and removed (204)', async () => {
  const { key } = await server.createAccount('unlimited');
  const receiver = await startWebhookReceiver();
  const http = createHttpAgent(server.url, key);
  const { body: made } = await http
    .post('/v1/webhooks')
    .send({ ...NOWHERE, url: receiver.url })
    .expect(201);
  const at = `/v1/webhooks/${made.webhookId}`;
  const { secret, ...shown } = made;
  expect((await http.get(at).expect(200)).body).toEqual(shown);
  expect((await http.get('/v1/webhooks').expect(200)).body).toEqual({ webhooks: [shown], nextCursor: null });
  expect((await http.patch(at).send({ description: 'Mine' }).expect(200)).body).toMatchObject({ description: 'Mine' });
  expect((await http.post(`${at}/rotate`).expect(201)).body.secret).not.toBe(secret);
  expect((await http.post(`${at}/test`).expect(200)).body).toMatchObject({ state: 'delivered' });
  expect((await http.get(`${at}/deliveries`).expect(200)).body.deliveries).toHaveLength(1);
  await http.delete(at).expect(204, '');
  await receiver.close();
});

test('an unknown webhook is 404', async () => {
  const http = createHttpAgent(server.url, server.adminKey);
  const at = '/v1/webhooks/nobody';
  const answers = [
    await http.get(at),
    await http.patch(at).send({ enabled: true }),
    await http.delete(at),
    await http.post(`${at}/rotate`),
    await http.post(`${at}/test`),
    await http.get(`${at}/deliveries`),
  ];
  for (const { status, body } of answers) {
    expect({ status, type: body.type }).toEqual({ status: 404, type: '/problems/webhook-not-found' });
  }
});

test('of thirty simultaneous webhooks twenty are created; the others are 409', async () => {
  const { key } = await server.createAccount('unlimited');
  const http = createHttpAgent(server.url, key);
  const made = await Promise.all(Array.from({ length: 30 }, () => http.post('/v1/webhooks').send(NOWHERE)));
  const refused = made.filter(({ status }) => status === 409);
  expect([made.filter(({ status }) => status === 201).length, refused.length]).toEqual([20, 10]);
  expect(refused[0]?.body).toMatchObject({ type: '/problems/webhook-limit-reached', limit: 20 });
  const { body: first } = await http.get('/v1/webhooks?limit=15').expect(200);
  const { body: second } = await http.get(`/v1/webhooks?limit=15&cursor=${first.nextCursor}`).expect(200);
  const ids = [...first.webhooks, ...second.webhooks].map(({ webhookId }) => webhookId);
  expect(new Set(ids).size).toBe(20);
});

test('old deliveries are removed from the database', async () => {
  const own = await startTestServer({ environment: { FLEETBEAT_RETENTION_EVERY: '20ms' } });
  const { webhookId } = await own.admin.webhooks.create({ url: 'http://127.0.0.1:1025/', types: ['mass-silence'] });
  await own.admin.webhooks.test(webhookId);
  own.clock.advance(31 * 24 * 60 * 60_000);
  const recent = await own.admin.webhooks.test(webhookId);
  const rows = () => runSql(own.database, 'SELECT deliveryId FROM webhook_deliveries');
  await expect.poll(rows, { timeout: 30_000, interval: 20 }).toEqual([{ deliveryId: recent.deliveryId }]);
  await own.close();
});
