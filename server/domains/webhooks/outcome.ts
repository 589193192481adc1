/** What an attempt leaves behind: its line in the delivery, and the webhook's health. One transaction. */

import type { Transaction } from '../../platform/database/store.ts';
import { announce } from '../../platform/events/outbox.ts';
import { recordAct } from '../audit/record.ts';
import { type Attempt, Webhook, WebhookDelivery, type WebhookRow } from './entity.ts';
import { attempted, judged } from './rules.ts';
import { lockedWebhook, type Turn } from './turn.ts';

/** A webhook that was removed meanwhile, or a delivery that is not there any more, is left alone. */
export async function recordOutcome(
  transaction: Transaction,
  { webhook: { accountId, webhookId }, delivery: { deliveryId } }: Turn,
  attempt: Attempt,
  now: number,
  dice: number,
): Promise<void> {
  const { manager } = transaction;
  const webhook = await lockedWebhook(transaction, { accountId, webhookId });
  const which = { accountId, webhookId, deliveryId };
  const delivery = webhook && (await manager.findOneBy(WebhookDelivery, which));
  if (!delivery) return;
  await manager.update(WebhookDelivery, which, attempted(delivery, attempt, now, dice));
  const health = judged(webhook, attempt);
  await manager.update(Webhook, { accountId, webhookId }, health);
  if (webhook.enabled && !health.enabled) await tellDisabled(transaction, { ...webhook, ...health }, now);
}

async function tellDisabled(transaction: Transaction, webhook: WebhookRow, now: number): Promise<void> {
  const { accountId, webhookId, programId, createdByKey: keyId, disabledReason: reason, failures } = webhook;
  const detail = `By the server, after ${failures} failed attempts: ${reason}.`;
  // No key asked for it: the row names the one that made the webhook.
  const by = { accountId, keyId, role: 'admin' as const, programId: null };
  await recordAct(transaction.manager, by, { action: 'disableWebhook', subject: webhookId, detail }, now);
  const news = { kind: 'webhook.disabled' as const, programId, sessionId: null, data: { webhookId, reason } };
  announce(transaction, accountId, now, [news]);
}
