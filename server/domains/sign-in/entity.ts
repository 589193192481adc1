/** A web session: a browser that holds a cookie in place of a key. Only a hash of the cookie's token is kept. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';

export interface WebSessionRow {
  /** SHA-256 of the token, in hex. */
  tokenHash: string;
  accountId: string;
  /** The key with whose rights it acts. */
  keyId: string;
  createdAt: number;
  /** Written when it is used, at most once in a while: see `isDue` in rules.ts. */
  lastUsedAt: number;
  /** When it ends, however much it is used. */
  expiresAt: number;
}

export const WebSession = new EntitySchema<WebSessionRow>({
  name: 'WebSession',
  tableName: 'web_sessions',
  columns: {
    tokenHash: column.id({ primary: true }),
    accountId: column.id(),
    keyId: column.id(),
    createdAt: column.timestamp(),
    lastUsedAt: column.timestamp(),
    expiresAt: column.timestamp(),
  },
});
