/** A webhook: where events of an account are sent. And a delivery: one event for one webhook, with its attempts. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { EventType } from '../../platform/events/entity.ts';
import type { WebhookFormat } from './format.ts';

export interface WebhookRow {
  accountId: string;
  webhookId: string;
  url: string;
  types: readonly EventType[];
  /** Null in webhooks of earlier versions, which are standard. It never changes: deliveries that wait have it. */
  format: WebhookFormat | null;
  programId: string | null;
  description: string | null;
  /** The key that created it or enabled it last: it is disabled when that key is revoked. */
  createdByKey: string;
  createdAt: number;
  updatedAt: number;
  enabled: boolean;
  disabledReason: 'admin' | 'failing' | 'gone' | 'key-revoked' | null;
  /** Failed attempts since the last success. */
  failures: number;
  /** When the first of these failures began. */
  failingSince: number | null;
  /** Nothing is sent before: the endpoint keeps failing, or asked for it by `Retry-After`. */
  pausedUntil: number | null;
  /** Stored as it is, because every delivery is signed with it: see SECURITY.md. */
  secret: string;
  /** The secret before a rotation. Deliveries are signed with both until it expires. */
  previousSecret: string | null;
  previousSecretUntil: number | null;
  /** The last event that was turned into a delivery, or was found not to match. */
  seenSeq: number;
  /** The process that sends its deliveries now, and until when no other process does. */
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
    // The column keeps its first name: recorded migrations never change. So does `kind` below.
    types: column.json({ name: 'kinds' }),
    format: column.shortString({ nullable: true }),
    programId: column.id({ nullable: true }),
    description: column.string({ nullable: true }),
    createdByKey: column.id(),
    createdAt: column.timestamp(),
    updatedAt: column.timestamp(),
    enabled: column.boolean(),
    disabledReason: column.shortString({ nullable: true }),
    failures: column.integer(),
    failingSince: column.timestamp({ nullable: true }),
    pausedUntil: column.timestamp({ nullable: true }),
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
  /** The HTTP status; null when there was no response. */
  readonly status: number | null;
  /** Why it failed; null when it succeeded. */
  readonly error: string | null;
}

/** An attempt, and what it means for the next one. */
export interface AttemptResult {
  readonly attempt: DeliveryAttempt;
  /** For how long the endpoint asked to be left alone; null when it did not ask. */
  readonly retryAfterMs: number | null;
}

export interface WebhookDeliveryRow {
  accountId: string;
  webhookId: string;
  /** The header webhook-id of every attempt. */
  deliveryId: string;
  type: EventType | 'webhook.test';
  /** The event's number; null for a test. */
  seq: number | null;
  /** The request body, byte for byte the same in every attempt. */
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
    type: column.string({ name: 'kind' }),
    seq: column.integer({ nullable: true }),
    payload: column.text(),
    state: column.shortString(),
    attempts: column.json(),
    createdAt: column.timestamp(),
    nextAttemptAt: column.timestamp({ nullable: true }),
  },
});
