/** A browser that is notified by Web Push, and the key pair with which this installation identifies itself to push services. */
import { EntitySchema } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import * as column from '../../platform/database/columns.ts';

type Create = components['schemas']['PushSubscriptionCreate'];

export interface PushSubscriptionRow {
  accountId: string;
  /** From the endpoint: a browser that subscribes again has the same one. */
  subscriptionId: string;
  /** The subscription ends with this key, and with the web session where there was one. */
  keyId: string;
  webSession: string | null;
  /** Whoever knows it can send to the browser, encrypted with the keys below. */
  endpoint: string;
  p256dh: string;
  auth: string;
  types: Create['types'];
  showDetails: boolean;
  quietHours: Create['quietHours'] | null;
  device: string | null;
  createdAt: number;
  /** The last event that was considered. */
  seenSeq: number;
  /** When something may be sent next: after a claim, after a notification, or after a failure. */
  nextAt: number;
  /** Failed attempts since the last success. */
  failures: number;
}

export const PushSubscription = new EntitySchema<PushSubscriptionRow>({
  name: 'PushSubscription',
  tableName: 'push_subscriptions',
  columns: {
    accountId: column.id({ primary: true }),
    subscriptionId: column.id({ primary: true }),
    keyId: column.id(),
    webSession: column.id({ nullable: true }),
    endpoint: column.text(),
    p256dh: column.id(),
    auth: column.id(),
    types: column.json(),
    showDetails: column.boolean(),
    quietHours: column.json({ nullable: true }),
    device: column.string({ nullable: true }),
    createdAt: column.timestamp(),
    seenSeq: column.integer(),
    nextAt: column.timestamp(),
    failures: column.integer(),
  },
});

/** One row, `vapid`: all servers of a database share the pair, because browsers subscribe for one public key. */
export interface PushKeysRow {
  name: string;
  /** The uncompressed point on P-256, in base64url. */
  publicKey: string;
  /** The private key as a JWK. Stored as it is, because each request to a push service is signed with it: see SECURITY.md. */
  privateKey: string;
  createdAt: number;
}

export const PushKeys = new EntitySchema<PushKeysRow>({
  name: 'PushKeys',
  tableName: 'push_keys',
  columns: {
    name: column.id({ primary: true }),
    publicKey: column.id(),
    privateKey: column.text(),
    createdAt: column.timestamp(),
  },
});
