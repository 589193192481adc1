/**
 * What the OAuth protocol remembers: requests, codes, refresh tokens, grants and registered clients. Ids are secrets, so
 * only their hashes are stored, and each row is sealed under its own id: the database alone opens none of them.
 */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';

export interface OAuthRecordRow {
  /** What it is, in the words of oidc-provider: `AuthorizationCode`, `RefreshToken`, … */
  model: string;
  /** SHA-256 of the id, in hex. */
  idHash: string;
  /** Null before a person has consented, and for clients, which belong to nobody. */
  accountId: string | null;
  /** SHA-256 of the grant that it belongs to, in hex. */
  grantHash: string | null;
  sealed: string;
  createdAt: number;
  /** When a code or refresh token was used up. */
  consumedAt: number | null;
  expiresAt: number;
}

export const OAuthRecord = new EntitySchema<OAuthRecordRow>({
  name: 'OAuthRecord',
  tableName: 'oauth_records',
  columns: {
    model: column.id({ primary: true }),
    idHash: column.id({ primary: true }),
    accountId: column.id({ nullable: true }),
    grantHash: column.id({ nullable: true }),
    sealed: column.text(),
    createdAt: column.timestamp(),
    consumedAt: column.timestamp({ nullable: true }),
    expiresAt: column.timestamp(),
  },
});
