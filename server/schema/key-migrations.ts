/** The table of web sessions, and changes of the table of keys. */
import { createTableMigration, extendTableMigration } from '../platform/database/table-migration.ts';

export const keyMigrations = [
  createTableMigration({
    name: 'web_sessions',
    timestamp: 1763800000050,
    columns: {
      tokenHash: 'id',
      accountId: 'id',
      keyId: 'id',
      createdAt: 'integer',
      lastUsedAt: 'integer',
      expiresAt: 'integer',
    },
    primaryKey: ['tokenHash'],
    indices: {
      web_sessions_of_key: ['accountId', 'keyId'],
      web_sessions_ended: ['expiresAt'],
      web_sessions_idle: ['lastUsedAt'],
    },
  }),
  extendTableMigration({
    name: 'api_keys',
    timestamp: 1763800000070,
    columns: { createdBy: 'id?' },
    indices: { api_keys_by_creator: ['accountId', 'createdBy', 'createdAt', 'keyId'] },
  }),
];
