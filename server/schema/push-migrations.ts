/** Migrations of the tables of Web Push. */
import { createTableMigration } from '../platform/database/table-migration.ts';

export const pushMigrations = [
  createTableMigration({
    name: 'push_subscriptions',
    timestamp: 1763800000450,
    columns: {
      accountId: 'id',
      subscriptionId: 'id',
      keyId: 'id',
      webSession: 'id?',
      endpoint: 'text',
      p256dh: 'id',
      auth: 'id',
      types: 'text',
      showDetails: 'boolean',
      quietHours: 'text?',
      device: 'string?',
      createdAt: 'integer',
      seenSeq: 'integer',
      nextAt: 'integer',
      failures: 'integer',
    },
    primaryKey: ['accountId', 'subscriptionId'],
    indices: {
      push_subscriptions_newest: ['accountId', 'keyId', 'createdAt', 'subscriptionId'],
      push_subscriptions_due: ['nextAt'],
    },
  }),
  createTableMigration({
    name: 'push_keys',
    timestamp: 1763800000451,
    columns: { name: 'id', publicKey: 'id', privateKey: 'text', createdAt: 'integer' },
    primaryKey: ['name'],
  }),
];
