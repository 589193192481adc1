import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { type ReceivedDelivery, startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

const SECOND = 1_000;
const HOUR = 60 * 60 * SECOND;
const SOON = { timeout: 30_000, interval: 10 };

let receiver: WebhookReceiver;
const server = useTestServer({ environment: { FLEETBEAT_WEBHOOKS_EVERY: '20ms' } });
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.close());

/** A webhook of an account of its own, and what it takes to make events there. */
async function createWebhook(
  options: { types?: ('task.created' | 'task.claimed' | 'message.sent')[]; programId?: string } = {},
) {
  const { client } = await server.createAccount('unlimited');
  await client.keys.create({ programId: 'builder' });
  await client.keys.create({ programId: 'other' });
  const made = await client.webhooks.create({ url: receiver.url, types: ['task.created'], ...options });
  const give = async (title: string, target = 'builder') => (await client.tasks.create({ title, target })).taskId;
  return { client, ...made, give };
}

const expectDeliveries = (count: number) => expect.poll(() => receiver.received.length, SOON).toBe(count);
/** As a receiver sees it that lives in the server's time. */
function verifySignature(secret: string, { text, headers }: ReceivedDelivery): unknown {
  vi.useFakeTimers({ toFake: ['Date'], now: server.clock.now() });
  try {
    return new Webhook(secret).verify(text, headers as Record<string, string>);
  } finally {
    vi.useRealTimers();
  }
}
const getDeliveryIds = (received: readonly ReceivedDelivery[]) => received.map(({ headers }) => headers['webhook-id']);
const getTaskIds = (received: readonly ReceivedDelivery[]) => received.map(({ body }) => body.data['taskId']);

test('an event is sent with a Standard Webhooks signature, and its delivery is recorded', async () => {
  const { give, secret, client, webhookId } = await createWebhook();
  const taskId = await give('Work');
  await expectDeliveries(1);
  const [first] = receiver.received as [ReceivedDelivery];
  expect(verifySignature(secret, first)).toMatchObject({
    type: 'task.created',
    data: { taskId, programId: 'builder' },
  });
  expect(first.headers['user-agent']).toMatch(/^Fleetbeat\//);
  await expect
    .poll(async () => (await client.webhooks.deliveries(webhookId)).deliveries[0]?.state, SOON)
    .toBe('delivered');
  const { deliveries } = await client.webhooks.deliveries(webhookId);
  expect(deliveries).toMatchObject([
    { deliveryId: first.headers['webhook-id'], type: 'task.created', sequence: first.body.data['sequence'] },
  ]);
  expect(deliveries[0]?.attempts).toMatchObject([{ status: 204, error: null }]);
});

test('a forged body, another secret and an old timestamp do not verify', async () => {
  const { give, secret } = await createWebhook();
  await give('Work');
  await expectDeliveries(1);
  const [first] = receiver.received as [ReceivedDelivery];
  const other = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect(() => verifySignature(other, first)).toThrow();
  expect(() => verifySignature(secret, { ...first, text: first.text.replace('builder', 'another') })).toThrow();
  const headers = { ...first.headers, 'webhook-timestamp': '1' };
  expect(() => verifySignature(secret, { ...first, headers })).toThrow();
});

test('only the requested types and program are sent, and nothing from before', async () => {
  const before = await createWebhook();
  await before.give('Before');
  await expectDeliveries(1);
  const made = { url: receiver.url, types: ['task.created' as const], programId: 'other' };
  const { secret } = await before.client.webhooks.create(made);
  await before.client.webhooks.update(before.webhookId, { enabled: false });
  await before.give('For the builder');
  await before.client.messages.send({ to: 'other', kind: 'PING', text: 'Hello' });
  const taskId = await before.give('For the other', 'other');
  await expectDeliveries(2);
  expect(verifySignature(secret, receiver.received[1] as ReceivedDelivery)).toMatchObject({
    data: { taskId, programId: 'other' },
  });
});

test('events of many writers arrive once each, and their numbers have the order', async () => {
  const { give, client, webhookId } = await createWebhook();
  const made = await Promise.all(Array.from({ length: 60 }, (_, index) => give(`Work ${index}`)));
  await expectDeliveries(made.length);
  const sequences = receiver.received.map(({ body }) => body.data['sequence'] as number);
  expect(new Set(sequences).size).toBe(made.length);
  expect(new Set(getTaskIds(receiver.received))).toEqual(new Set(made));
  const first = await client.webhooks.deliveries(webhookId, { limit: 50 });
  const second = await client.webhooks.deliveries(webhookId, { limit: 50, cursor: first.nextCursor ?? '' });
  const listed = [...first.deliveries, ...second.deliveries].map(({ deliveryId }) => deliveryId);
  expect(listed.toSorted()).toEqual(getDeliveryIds(receiver.received).toSorted());
});

describe('what is not taken', () => {
  test('is tried again later and later, with the same id and the same body, until it is', async () => {
    const { give, client, webhookId } = await createWebhook();
    receiver.respondWith(503);
    await give('Work');
    await expectDeliveries(1);
    const failing = () => client.webhooks.get(webhookId).then(({ failingSince }) => failingSince);
    await expect.poll(failing, SOON).not.toBeNull();
    server.clock.advance(5.6 * SECOND);
    await expectDeliveries(2);
    await expect.poll(async () => (await pending(client, webhookId))?.attempts.length, SOON).toBe(2);
    receiver.respondWith((response) => response.writeHead(200).end('x'.repeat(100_000)));
    server.clock.advance(16.6 * SECOND);
    await expectDeliveries(3);
    await expect.poll(failing, SOON).toBeNull();
    expect(new Set(getDeliveryIds(receiver.received)).size).toBe(1);
    expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1);
    const [delivery] = (await client.webhooks.deliveries(webhookId, { state: 'delivered' })).deliveries;
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(delivery?.nextAttemptAt).toBeNull();
  });

  test.each([
    ['a redirect', (response: never) => redirect(response), 302, /302.*not followed/],
    ['a refusal', 500, 500, /answered 500/],
    ['a connection that is cut', (response: never) => destroy(response), null, /./],
  ])('%s is a failed attempt that tells why', async (_what, reply, status, error) => {
    const { client, webhookId } = await createWebhook();
    receiver.respondWith(reply as never);
    const delivery = await client.webhooks.test(webhookId);
    expect(delivery).toMatchObject({ type: 'webhook.test', state: 'failed', nextAttemptAt: null });
    expect(delivery.attempts).toMatchObject([{ status, error: expect.stringMatching(error) }]);
    expect(receiver.received).toHaveLength(1);
  });

  test('is given up in the end; an endpoint that fails for days is disabled, and that is told and written down', async () => {
    const { give, client, webhookId } = await createWebhook();
    receiver.respondWith(503);
    const news = await startWebhookReceiver();
    await client.webhooks.create({ url: news.url, types: ['webhook.disabled'] });
    const isEnabled = async () => (await client.webhooks.get(webhookId)).enabled;
    for (let round = 0; round < 60 && (await isEnabled()); round += 1) {
      if (round % 4 === 0) await give('Work');
      const count = receiver.received.length;
      // Again and again: what was received may be recorded, and put off, only after the clock was set.
      const hasGoneOn = async () => {
        server.clock.advance(14 * HOUR);
        return receiver.received.length > count || !(await isEnabled());
      };
      await expect.poll(hasGoneOn, { ...SOON, interval: 50 }).toBe(true);
    }
    expect(await client.webhooks.get(webhookId)).toMatchObject({ enabled: false, disabledReason: 'failing' });
    await expect.poll(() => news.received.map(({ body }) => body.data['webhookId']), SOON).toEqual([webhookId]);
    const { audit } = await client.audit.list({ action: 'disableWebhook' });
    expect(audit).toMatchObject([{ subject: webhookId, outcome: 'done' }]);
    const { deliveries } = await client.webhooks.deliveries(webhookId, { limit: 50 });
    for (const { attempts } of deliveries) expect(attempts.length).toBeLessThanOrEqual(13);
    await news.close();
    receiver.respondWith(204);
    const count = receiver.received.length;
    await client.webhooks.update(webhookId, { enabled: true });
    const taskId = await give('After it was mended');
    await expect.poll(() => getTaskIds(receiver.received.slice(count)), SOON).toContain(taskId);
  });

  test('because the endpoint is gone (410) disables the webhook at once', async () => {
    const { give, client, webhookId } = await createWebhook();
    receiver.respondWith(410);
    await give('Work');
    const reason = () => client.webhooks.get(webhookId).then(({ disabledReason }) => disabledReason);
    await expect.poll(reason, SOON).toBe('gone');
  });
});

test('an endpoint that does not respond delays no other', async () => {
  const { give, client } = await createWebhook();
  const silent = await startWebhookReceiver();
  const held: { end(): void }[] = [];
  silent.respondWith((response) => void held.push(response));
  await client.webhooks.create({ url: silent.url, types: ['task.created'] });
  for (const title of ['One', 'Two', 'Three']) await give(title);
  await expectDeliveries(3);
  expect(silent.received.length).toBeLessThanOrEqual(1);
  await silent.close();
});

test('a rotated secret is shown once; for a day deliveries are signed with both, then with the new one', async () => {
  const { give, client, webhookId, secret } = await createWebhook();
  const { secret: fresh } = await client.webhooks.rotate(webhookId);
  await give('During');
  await expectDeliveries(1);
  for (const each of [secret, fresh])
    expect(verifySignature(each, receiver.received[0] as ReceivedDelivery)).toBeTruthy();
  expect(JSON.stringify(await client.webhooks.list())).not.toContain('whsec_');
  server.clock.advance(24 * HOUR);
  await give('After');
  await expectDeliveries(2);
  const last = receiver.received[1] as ReceivedDelivery;
  expect(verifySignature(fresh, last)).toBeTruthy();
  expect(() => verifySignature(secret, last)).toThrow();
  expect(last.headers['webhook-signature']).not.toContain(' ');
});

test('events while a webhook is disabled are not sent; pending deliveries are sent when it is enabled', async () => {
  const { give, client, webhookId } = await createWebhook();
  receiver.respondWith(503);
  const waiting = await give('Waits');
  await expectDeliveries(1);
  await expect.poll(async () => (await pending(client, webhookId))?.attempts.length, SOON).toBe(1);
  await client.webhooks.update(webhookId, { enabled: false });
  await give('Meanwhile');
  receiver.respondWith(204);
  await client.webhooks.update(webhookId, { enabled: true });
  server.clock.advance(6 * SECOND);
  const after = await give('After');
  await expectDeliveries(3);
  expect(new Set(getTaskIds(receiver.received))).toEqual(new Set([waiting, after]));
});

test('a removed webhook is sent nothing more', async () => {
  const { give, client, webhookId } = await createWebhook();
  await client.webhooks.remove(webhookId);
  const witness = await startWebhookReceiver();
  await client.webhooks.create({ url: witness.url, types: ['task.created'] });
  await give(randomName());
  await expect.poll(() => witness.received.length, SOON).toBe(1);
  expect(receiver.received).toEqual([]);
  await witness.close();
});

type Client = Awaited<ReturnType<typeof createWebhook>>['client'];
const pending = async (client: Client, webhookId: string) =>
  (await client.webhooks.deliveries(webhookId, { state: 'pending' })).deliveries[0];

const redirect = (response: { writeHead(status: number, headers: object): { end(): void } }) =>
  response.writeHead(302, { location: receiver.url }).end();
const destroy = (response: { destroy(): void }) => response.destroy();
