/** Migrations for what bounds the growth of the tables: removal, retention, and indices for long lists. */
import { extendTableMigration } from '../platform/database/table-migration.ts';

export const growthMigrations = [
  extendTableMigration({
    name: 'accounts',
    timestamp: 1763800000150,
    columns: { removedAt: 'integer?' },
    indices: { accounts_removed: ['removedAt'] },
  }),
  extendTableMigration({
    name: 'programs',
    timestamp: 1763800000151,
    columns: { removedAt: 'integer?' },
    indices: { programs_removed: ['removedAt'] },
  }),
  extendTableMigration({
    name: 'sessions',
    timestamp: 1763800000152,
    columns: {},
    indices: { sessions_archived: ['accountId', 'archived', 'archivedAt', 'sessionId'] },
  }),
  extendTableMigration({
    name: 'tasks',
    timestamp: 1763800000153,
    columns: {},
    indices: {
      tasks_completed: ['accountId', 'state', 'completedAt', 'taskId'],
      tasks_expired: ['accountId', 'state', 'expiresAt', 'taskId'],
    },
  }),
  extendTableMigration({
    name: 'messages',
    timestamp: 1763800000154,
    columns: {},
    indices: { messages_oldest: ['accountId', 'createdAt', 'messageId'] },
  }),
  extendTableMigration({
    name: 'kept_answers',
    timestamp: 1763800000155,
    columns: {},
    indices: { kept_answers_of_account: ['accountId', 'createdAt'] },
  }),
  extendTableMigration({
    name: 'api_keys',
    timestamp: 1763800000156,
    columns: {},
    indices: { api_keys_of_program: ['accountId', 'programId', 'keyId'] },
  }),
  extendTableMigration({
    name: 'audit',
    timestamp: 1763800000157,
    columns: { address: 'id?' },
    indices: {
      audit_by_outcome: ['accountId', 'outcome', 'at', 'auditId'],
      audit_by_action: ['accountId', 'action', 'at', 'auditId'],
      audit_by_key: ['accountId', 'keyId', 'at', 'auditId'],
    },
  }),
  extendTableMigration({
    name: 'message_deliveries',
    timestamp: 1763800000410,
    columns: { kind: 'shortString?', sender: 'id?', stage: 'integer?' },
    indices: {
      deliveries_by_stage: ['stage', 'accountId', 'recipient', 'createdAt', 'messageId'],
      deliveries_by_kind: ['accountId', 'recipient', 'kind', 'stage', 'createdAt', 'messageId'],
      deliveries_by_sender: ['accountId', 'recipient', 'sender', 'stage', 'createdAt', 'messageId'],
      deliveries_by_sender_and_kind: ['accountId', 'recipient', 'sender', 'kind', 'stage', 'createdAt', 'messageId'],
    },
  }),
];
