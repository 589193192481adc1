/** Webhooks and deliveries as the contract shows them. */
import type { components } from '../../../openapi/generated/types.ts';
import { instant, instantOrNull } from '../../platform/clock.ts';
import type { WebhookDeliveryRow, WebhookRow } from './entity.ts';

type Schemas = components['schemas'];

export const webhookView = (row: WebhookRow): Schemas['Webhook'] => ({
  webhookId: row.webhookId,
  url: row.url,
  kinds: [...row.kinds],
  programId: row.programId,
  description: row.description,
  enabled: row.enabled,
  disabledReason: row.disabledReason,
  failingSince: instantOrNull(row.failingSince),
  createdAt: instant(row.createdAt),
  updatedAt: instant(row.updatedAt),
});

export const newWebhookView = (row: WebhookRow): Schemas['NewWebhook'] => ({
  ...webhookView(row),
  secret: row.secret,
});

export const deliveryView = (row: WebhookDeliveryRow): Schemas['WebhookDelivery'] => ({
  deliveryId: row.deliveryId,
  kind: row.kind,
  sequence: row.seq,
  state: row.state,
  createdAt: instant(row.createdAt),
  nextAttemptAt: instantOrNull(row.nextAttemptAt),
  attempts: row.attempts.map((attempt) => ({ ...attempt, at: instant(attempt.at) })),
});
