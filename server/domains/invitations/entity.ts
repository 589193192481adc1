/** An invitation: a code that is good once, for ten minutes. Only hashes of its codes are stored. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { Role } from '../../platform/principal.ts';

export interface InvitationRow {
  invitationId: string;
  accountId: string;
  /** SHA-256 of the code, in hex. */
  codeHash: string;
  /** The first part of the typed code, by which it is found; null when there is none. */
  locator: string | null;
  /** scrypt of the rest of the typed code: it is short enough to be found from a fast hash. */
  typedHash: string | null;
  /** How often somebody has tried a typed code with this locator. */
  typedTries: number;
  grants: 'key' | 'web-session';
  role: Role;
  programId: string | null;
  label: string | null;
  /** Of the key; null when none was said, and for a web session, which has times of its own. */
  ttlDays: number | null;
  /** The key that created it, whose rights bound what it grants. */
  createdBy: string;
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
  /** The key that it was traded for. */
  keyId: string | null;
  withdrawnAt: number | null;
}

export const Invitation = new EntitySchema<InvitationRow>({
  name: 'Invitation',
  tableName: 'invitations',
  columns: {
    invitationId: column.id({ primary: true }),
    accountId: column.id(),
    codeHash: column.id(),
    locator: column.shortString({ nullable: true }),
    typedHash: column.id({ nullable: true }),
    typedTries: column.integer(),
    grants: column.shortString(),
    role: column.shortString(),
    programId: column.id({ nullable: true }),
    label: column.string({ nullable: true }),
    ttlDays: column.integer({ nullable: true }),
    createdBy: column.id(),
    createdAt: column.timestamp(),
    expiresAt: column.timestamp(),
    usedAt: column.timestamp({ nullable: true }),
    keyId: column.id({ nullable: true }),
    withdrawnAt: column.timestamp({ nullable: true }),
  },
});
