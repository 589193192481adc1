/** A key: a bearer credential of one account. Only a hash of its secret is kept. */
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
  createdAt: number;
  expiresAt: number | null;
  /** From when it is refused; in the future for a key that was just rotated. */
  revokedAt: number | null;
  /** The key that replaces it. */
  rotatedTo: string | null;
  /** Written behind, to the minute. */
  lastUsedAt: number | null;
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
    createdAt: column.timestamp(),
    expiresAt: column.timestamp({ nullable: true }),
    revokedAt: column.timestamp({ nullable: true }),
    rotatedTo: column.id({ nullable: true }),
    lastUsedAt: column.timestamp({ nullable: true }),
  },
});
