/** The results of a batch of attempts: a line in each delivery, and the webhook's health. One transaction. */
import { In } from 'typeorm';
import type { Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { toWebhookKey } from './claim-deliveries.ts';
import { type AttemptResult, Webhook, WebhookDelivery, type WebhookDeliveryRow, type WebhookRow } from './entity.ts';
import { applyAttempt, applyAttemptsToHealth } from './rules.ts';

export interface DeliveryResult extends AttemptResult {
  readonly deliveryId: string;
  /** From 0 to 1; chosen outside of the transaction, which may run twice. */
  readonly jitter: number;
}

/** Records the results for a webhook whose row is locked, and returns it as it is then. Deliveries that are gone are skipped. */
export async function recordAttempts(
  transaction: Transaction,
  webhook: WebhookRow,
  results: readonly DeliveryResult[],
  now: number,
): Promise<WebhookRow> {
  const [first] = results;
  if (!first) return webhook;
  const { manager } = transaction;
  const byId = new Map(results.map((result) => [result.deliveryId, result]));
  const deliveries = await manager.findBy(WebhookDelivery, {
    ...toWebhookKey(webhook),
    deliveryId: In([...byId.keys()]),
  });
  const rows = deliveries.flatMap((delivery) => {
    const result = byId.get(delivery.deliveryId);
    return result ? [toPlainRow({ ...delivery, ...applyAttempt(delivery, result, now, result.jitter) })] : [];
  });
  transaction.upsert('webhook_deliveries', ['accountId', 'webhookId', 'deliveryId'], rows);
  const health = applyAttemptsToHealth(webhook, results, now, first.jitter);
  await manager.update(Webhook, toWebhookKey(webhook), health);
  const after = { ...webhook, ...health };
  if (webhook.enabled && !health.enabled) await recordDisabled(transaction, after, now);
  return after;
}

const toPlainRow = ({ type: kind, ...row }: WebhookDeliveryRow) => ({
  ...row,
  kind,
  attempts: JSON.stringify(row.attempts),
});

async function recordDisabled(transaction: Transaction, webhook: WebhookRow, now: number): Promise<void> {
  const { accountId, webhookId, programId, createdByKey: keyId, disabledReason: reason, failures } = webhook;
  const detail = `By the server, after ${failures} failed attempts: ${reason}.`;
  // No key asked for this, so the row names the one that created the webhook.
  const by = { accountId, keyId, role: 'admin' as const, programId: null };
  await recordAuditEntry(transaction.manager, by, { action: 'disableWebhook', subject: webhookId, detail }, now);
  const event = { type: 'webhook.disabled' as const, programId, sessionId: null, data: { webhookId, reason } };
  appendEvents(transaction, accountId, now, [event]);
}
