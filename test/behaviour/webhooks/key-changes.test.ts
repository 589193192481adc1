import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';
import { startWebhookReceiver } from '../../support/webhook-receiver.ts';

const server = useTestServer({ environment: { FLEETBEAT_WEBHOOKS_EVERY: '20ms' } });
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.close());

/** An account with a second admin, who has a webhook. */
async function createAdminWithWebhook() {
  const { client: owner } = await server.createAccount('unlimited');
  const made = await owner.keys.create({ role: 'admin' });
  const admin = server.client(made.key);
  const webhook = await admin.webhooks.create({ url: receiver.url, types: ['task.created', 'webhook.disabled'] });
  await owner.keys.create({ programId: 'builder' });
  return { owner, made, admin, webhook };
}

test('the webhooks of a revoked key are disabled, told of, and send nothing any more', async () => {
  const { owner, made, webhook } = await createAdminWithWebhook();
  const unaffected = await owner.webhooks.create({ url: receiver.url, types: ['task.created'] });
  expect(webhook.createdByKey).toBe(made.keyId);
  await owner.keys.revoke(made.keyId);
  expect(await owner.webhooks.get(webhook.webhookId)).toMatchObject({ enabled: false, disabledReason: 'key-revoked' });
  expect(await owner.webhooks.get(unaffected.webhookId)).toMatchObject({ enabled: true, disabledReason: null });
  const { audit } = await owner.audit.list({ action: 'disableWebhook' });
  expect(audit).toMatchObject([{ subject: webhook.webhookId, keyId: (await owner.me()).keyId }]);
  await owner.tasks.create({ title: 'Secret', target: 'builder' });
  await expect
    .poll(async () => (await owner.webhooks.deliveries(unaffected.webhookId, { state: 'delivered' })).deliveries)
    .toHaveLength(1);
  expect((await owner.webhooks.deliveries(webhook.webhookId)).deliveries).toEqual([]);
});

test('an admin takes one over, before the key is revoked or after', async () => {
  const { owner, made, admin, webhook } = await createAdminWithWebhook();
  const other = await admin.webhooks.create({ url: receiver.url, types: ['task.created'] });
  const { keyId: ownerId } = await owner.me();
  const before = await owner.webhooks.update(webhook.webhookId, { enabled: true });
  expect(before.createdByKey).toBe(ownerId);
  expect((await owner.webhooks.update(other.webhookId, { description: 'Looked at' })).createdByKey).toBe(made.keyId);
  await owner.keys.revoke(made.keyId);
  expect((await owner.webhooks.get(webhook.webhookId)).enabled).toBe(true);
  expect((await owner.webhooks.get(other.webhookId)).enabled).toBe(false);
  const after = await owner.webhooks.update(other.webhookId, { enabled: true });
  expect(after).toMatchObject({ enabled: true, disabledReason: null, createdByKey: ownerId });
});

test('a rotation gives them to the new key, whose revocation disables them', async () => {
  const { owner, made, webhook } = await createAdminWithWebhook();
  const fresh = await owner.keys.rotate(made.keyId);
  expect(await owner.webhooks.get(webhook.webhookId)).toMatchObject({ enabled: true, createdByKey: fresh.keyId });
  await owner.keys.revoke(fresh.keyId);
  expect((await owner.webhooks.get(webhook.webhookId)).disabledReason).toBe('key-revoked');
});

test('revoking with all that a key made disables the webhooks of these keys too', async () => {
  const { client: owner } = await server.createAccount('unlimited');
  const first = await owner.keys.create({ role: 'admin' });
  const second = await server.client(first.key).keys.create({ role: 'admin' });
  const { webhookId } = await server.client(second.key).webhooks.create({ url: receiver.url, types: ['task.created'] });
  await owner.keys.revoke(first.keyId);
  expect((await owner.webhooks.get(webhookId)).enabled).toBe(true);
  await owner.keys.revoke(first.keyId, { withDescendants: true });
  expect((await owner.webhooks.get(webhookId)).disabledReason).toBe('key-revoked');
});
