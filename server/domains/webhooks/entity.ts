/** A webhook: where events of an account are sent; and each delivery on its way there. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { EventKind } from '../../platform/events/entity.ts';

export interface WebhookRow {
  accountId: string;
  webhookId: string;
  url: string;
  kinds: readonly EventKind[];
  programId: string | null;
  description: string | null;
  /** The key that made it, in whose name the server disables it. */
  createdByKey: string;
  createdAt: number;
  updatedAt: number;
  enabled: boolean;
  disabledReason: 'admin' | 'failing' | 'gone' | null;
  /** Attempts that failed since the last one that did not. */
  failures: number;
  /** The first of them. */
  failingSince: number | null;
  /** Readable, for every delivery is signed with it: see SECURITY.md. */
  secret: string;
  /** The one before, with which deliveries are signed too until it ends. */
  previousSecret: string | null;
  previousSecretUntil: number | null;
  /** The number of the last event that became a delivery, or was not for it. */
  seenSeq: number;
  /** The process that sends its deliveries now, and until when nobody else does. */
  claimedBy: string | null;
  claimedUntil: number;
}

export const Webhook = new EntitySchema<WebhookRow>({
  name: 'Webhook',
  tableName: 'webhooks',
  columns: {
    accountId: column.id({ primary: true }),
    webhookId: column.id({ primary: true }),
    url: column.text(),
    kinds: column.json(),
    programId: column.id({ nullable: true }),
    description: column.line({ nullable: true }),
    createdByKey: column.id(),
    createdAt: column.moment(),
    updatedAt: column.moment(),
    enabled: column.flag(),
    disabledReason: column.word({ nullable: true }),
    failures: column.whole(),
    failingSince: column.moment({ nullable: true }),
    secret: column.line(),
    previousSecret: column.line({ nullable: true }),
    previousSecretUntil: column.moment({ nullable: true }),
    seenSeq: column.whole(),
    claimedBy: column.id({ nullable: true }),
    claimedUntil: column.moment(),
  },
});

export interface Attempt {
  /** When it began. */
  readonly at: number;
  readonly ms: number;
  /** The HTTP status of the answer; null when there was none. */
  readonly status: number | null;
  /** Why it failed; null when it was taken. */
  readonly error: string | null;
}

export interface WebhookDeliveryRow {
  accountId: string;
  webhookId: string;
  /** The header webhook-id of every attempt. */
  deliveryId: string;
  kind: EventKind | 'webhook.test';
  /** The number of the event; null for a test. */
  seq: number | null;
  /** The body, byte for byte the same in every attempt. */
  payload: string;
  state: 'pending' | 'delivered' | 'failed';
  attempts: readonly Attempt[];
  createdAt: number;
  nextAttemptAt: number | null;
}

export const WebhookDelivery = new EntitySchema<WebhookDeliveryRow>({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  columns: {
    accountId: column.id({ primary: true }),
    webhookId: column.id({ primary: true }),
    deliveryId: column.id({ primary: true }),
    kind: column.line(),
    seq: column.whole({ nullable: true }),
    payload: column.text(),
    state: column.word(),
    attempts: column.json(),
    createdAt: column.moment(),
    nextAttemptAt: column.moment({ nullable: true }),
  },
});
