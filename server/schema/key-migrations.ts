/** The tables of web sessions and invitations, and changes of the table of keys. */
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
  createTableMigration({
    name: 'invitations',
    timestamp: 1763800000360,
    columns: {
      invitationId: 'id',
      accountId: 'id',
      codeHash: 'id',
      locator: 'shortString?',
      typedHash: 'id?',
      typedTries: 'integer',
      grants: 'shortString',
      role: 'shortString',
      programId: 'id?',
      label: 'string?',
      ttlDays: 'integer?',
      createdBy: 'id',
      createdAt: 'integer',
      expiresAt: 'integer',
      usedAt: 'integer?',
      keyId: 'id?',
      withdrawnAt: 'integer?',
    },
    primaryKey: ['invitationId'],
    indices: {
      invitations_by_code: ['codeHash'],
      invitations_by_locator: ['locator'],
      invitations_newest: ['accountId', 'createdAt', 'invitationId'],
      invitations_ended: ['expiresAt'],
    },
  }),
  extendTableMigration({
    name: 'web_sessions',
    timestamp: 1763800000361,
    columns: { device: 'string?', ownsKey: 'boolean?' },
  }),
];
