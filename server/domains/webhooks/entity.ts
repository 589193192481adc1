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
    description: column.string({ nullable: true }),
    createdByKey: column.id(),
    createdAt: column.timestamp(),
    updatedAt: column.timestamp(),
    enabled: column.boolean(),
    disabledReason: column.shortString({ nullable: true }),
    failures: column.integer(),
    failingSince: column.timestamp({ nullable: true }),
    secret: column.string(),
    previousSecret: column.string({ nullable: true }),
    previousSecretUntil: column.timestamp({ nullable: true }),
    seenSeq: column.integer(),
    claimedBy: column.id({ nullable: true }),
    claimedUntil: column.timestamp(),
  },
});

export interface DeliveryAttempt {
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
  attempts: readonly DeliveryAttempt[];
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
    kind: column.string(),
    seq: column.integer({ nullable: true }),
    payload: column.text(),
    state: column.shortString(),
    attempts: column.json(),
    createdAt: column.timestamp(),
    nextAttemptAt: column.timestamp({ nullable: true }),
  },
});
