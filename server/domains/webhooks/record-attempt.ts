/** What an attempt leaves behind: its line in the delivery, and the webhook's health. One transaction. */

import type { Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { type ClaimedDelivery, findWebhookForUpdate } from './claim-delivery.ts';
import { type DeliveryAttempt, Webhook, WebhookDelivery, type WebhookRow } from './entity.ts';
import { applyAttempt, applyAttemptToHealth } from './rules.ts';

/** A webhook that was removed meanwhile, or a delivery that is not there any more, is left alone. */
export async function recordAttempt(
  transaction: Transaction,
  { webhook: { accountId, webhookId }, delivery: { deliveryId } }: ClaimedDelivery,
  attempt: DeliveryAttempt,
  now: number,
  jitter: number,
): Promise<void> {
  const { manager } = transaction;
  const webhook = await findWebhookForUpdate(transaction, { accountId, webhookId });
  const which = { accountId, webhookId, deliveryId };
  const delivery = webhook && (await manager.findOneBy(WebhookDelivery, which));
  if (!delivery) return;
  await manager.update(WebhookDelivery, which, applyAttempt(delivery, attempt, now, jitter));
  const health = applyAttemptToHealth(webhook, attempt);
  await manager.update(Webhook, { accountId, webhookId }, health);
  if (webhook.enabled && !health.enabled) await recordDisabled(transaction, { ...webhook, ...health }, now);
}

async function recordDisabled(transaction: Transaction, webhook: WebhookRow, now: number): Promise<void> {
  const { accountId, webhookId, programId, createdByKey: keyId, disabledReason: reason, failures } = webhook;
  const detail = `By the server, after ${failures} failed attempts: ${reason}.`;
  // No key asked for it: the row names the one that made the webhook.
  const by = { accountId, keyId, role: 'admin' as const, programId: null };
  await recordAuditEntry(transaction.manager, by, { action: 'disableWebhook', subject: webhookId, detail }, now);
  const event = { kind: 'webhook.disabled' as const, programId, sessionId: null, data: { webhookId, reason } };
  appendEvents(transaction, accountId, now, [event]);
}
