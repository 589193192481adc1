/** What was added for idle runs, reported context use, handovers, and how far a message has come. */
import { createTableMigration, extendTableMigration } from '../platform/database/table-migration.ts';

export const runMigrations = [
  extendTableMigration({
    name: 'sessions',
    timestamp: 1763800000120,
    columns: {
      idleSince: 'integer?',
      contextUsedPercent: 'double?',
      contextRisePercent: 'double?',
      killedAt: 'integer?',
    },
  }),
  extendTableMigration({
    name: 'session_changes',
    timestamp: 1763800000121,
    columns: { idle: 'boolean?', contextUsedPercent: 'double?' },
  }),
  createTableMigration({
    name: 'session_handovers',
    timestamp: 1763800000122,
    columns: { accountId: 'id', sessionId: 'id', handover: 'text' },
    primaryKey: ['accountId', 'sessionId'],
  }),
  extendTableMigration({
    name: 'message_deliveries',
    timestamp: 1763800000300,
    columns: { deliveredAt: 'integer?', answeredAt: 'integer?' },
  }),
];
