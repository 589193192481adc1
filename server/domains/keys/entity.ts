/** A key: a bearer credential of one account. Only a hash of its secret is stored. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { Role } from '../../platform/principal.ts';

export interface KeyRow {
  keyId: string;
  accountId: string;
  programId: string | null;
  role: Role;
  label: string | null;
  /** SHA-256 of the secret, in hex. */
  secretHash: string;
  /** The key of the account that created it, or rotated another into it; null when that was the server or an operator. */
  createdBy: string | null;
  createdAt: number;
  expiresAt: number | null;
  /** It is refused from then on; in the future for a key that was just rotated. */
  revokedAt: number | null;
  /** The key that replaces it. */
  rotatedTo: string | null;
  /** Updated asynchronously, once a minute. */
  lastUsedAt: number | null;
  /** The connection whose token it is: see `connection-entity.ts`. Null for a key that was made as such. */
  connectionId: string | null;
  /** The name of the client that holds the token. */
  clientName: string | null;
  /** The key that lets the program renew this one, for as long as it is valid itself; null when it is not renewable. */
  renewalGrantedBy: string | null;
}

export const Key = new EntitySchema<KeyRow>({
  name: 'Key',
  tableName: 'api_keys',
  columns: {
    keyId: column.id({ primary: true }),
    accountId: column.id(),
    programId: column.id({ nullable: true }),
    role: column.shortString(),
    label: column.string({ nullable: true }),
    secretHash: column.id(),
    createdBy: column.id({ nullable: true }),
    createdAt: column.timestamp(),
    expiresAt: column.timestamp({ nullable: true }),
    revokedAt: column.timestamp({ nullable: true }),
    rotatedTo: column.id({ nullable: true }),
    lastUsedAt: column.timestamp({ nullable: true }),
    connectionId: column.id({ nullable: true }),
    clientName: column.string({ nullable: true }),
    renewalGrantedBy: column.id({ nullable: true }),
  },
});
