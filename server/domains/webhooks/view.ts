/** Webhooks and deliveries as the contract shows them. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { WebhookDeliveryRow, WebhookRow } from './entity.ts';

type Schemas = components['schemas'];

export const toWebhookView = (row: WebhookRow): Schemas['Webhook'] => ({
  webhookId: row.webhookId,
  url: row.url,
  types: [...row.types],
  format: row.format ?? 'standard',
  programId: row.programId,
  description: row.description,
  enabled: row.enabled,
  disabledReason: row.disabledReason,
  failingSince: formatInstantOrNull(row.failingSince),
  pausedUntil: formatInstantOrNull(row.pausedUntil),
  createdByKey: row.createdByKey,
  createdAt: formatInstant(row.createdAt),
  updatedAt: formatInstant(row.updatedAt),
});

export const toNewWebhookView = (row: WebhookRow): Schemas['NewWebhook'] => ({
  ...toWebhookView(row),
  secret: row.secret,
});

export const toDeliveryView = (row: WebhookDeliveryRow): Schemas['WebhookDelivery'] => ({
  deliveryId: row.deliveryId,
  type: row.type,
  sequence: row.seq,
  state: row.state,
  createdAt: formatInstant(row.createdAt),
  nextAttemptAt: formatInstantOrNull(row.nextAttemptAt),
  attempts: row.attempts.map((attempt) => ({ ...attempt, at: formatInstant(attempt.at) })),
});
