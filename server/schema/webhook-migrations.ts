/** Migrations of the webhook tables. */
import { createTableMigration, extendTableMigration } from '../platform/database/table-migration.ts';

export const webhookMigrations = [
  createTableMigration({
    name: 'webhooks',
    timestamp: 1763800000051,
    columns: {
      accountId: 'id',
      webhookId: 'id',
      url: 'text',
      kinds: 'text',
      programId: 'id?',
      description: 'string?',
      createdByKey: 'id',
      createdAt: 'integer',
      updatedAt: 'integer',
      enabled: 'boolean',
      disabledReason: 'shortString?',
      failures: 'integer',
      failingSince: 'integer?',
      secret: 'string',
      previousSecret: 'string?',
      previousSecretUntil: 'integer?',
      seenSeq: 'integer',
      claimedBy: 'id?',
      claimedUntil: 'integer',
    },
    primaryKey: ['accountId', 'webhookId'],
    indices: { webhooks_claimable: ['enabled', 'claimedUntil'] },
  }),
  createTableMigration({
    name: 'webhook_deliveries',
    timestamp: 1763800000052,
    columns: {
      accountId: 'id',
      webhookId: 'id',
      deliveryId: 'id',
      kind: 'string',
      seq: 'integer?',
      payload: 'text',
      state: 'shortString',
      attempts: 'text',
      createdAt: 'integer',
      nextAttemptAt: 'integer?',
    },
    primaryKey: ['accountId', 'webhookId', 'deliveryId'],
    indices: {
      webhook_deliveries_due: ['accountId', 'webhookId', 'state', 'nextAttemptAt', 'seq'],
      webhook_deliveries_newest: ['accountId', 'webhookId', 'createdAt', 'deliveryId'],
      webhook_deliveries_oldest: ['createdAt'],
    },
  }),
  extendTableMigration({ name: 'webhooks', timestamp: 1763800000072, columns: { pausedUntil: 'integer?' } }),
  extendTableMigration({
    name: 'webhook_deliveries',
    timestamp: 1763800000073,
    columns: {},
    // For the metrics of all accounts: what is pending is few rows among many.
    indices: { webhook_deliveries_backlog: ['state', 'createdAt'] },
  }),
  extendTableMigration({ name: 'webhooks', timestamp: 1763800000452, columns: { format: 'shortString?' } }),
];
