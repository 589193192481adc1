/** A web session: a browser that holds a cookie in place of a key. Only a hash of the cookie's token is stored. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';

export interface WebSessionRow {
  /** SHA-256 of the token, in hex. Also the public id: nobody can find the token by it. */
  tokenHash: string;
  accountId: string;
  /** The key with whose rights it acts. */
  keyId: string;
  createdAt: number;
  /** Updated at most once a minute: see `shouldRecordUse` in rules.ts. */
  lastUsedAt: number;
  /** When it expires, however much it is used. */
  expiresAt: number;
  /** The browser and system that signed in, for example `Safari on iOS`; null when it named none. */
  device: string | null;
  /** Whether the key was created for this web session alone, and ends with it; null in rows of earlier versions. */
  ownsKey: boolean;
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
    device: column.string({ nullable: true }),
    // Null in web sessions of earlier versions, which reads false.
    ownsKey: column.boolean(),
  },
});
