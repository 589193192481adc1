/** An audit row: an act, or a refusal, and who was responsible. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { Role } from '../../platform/principal.ts';

export interface AuditRow {
  accountId: string;
  auditId: string;
  at: number;
  keyId: string;
  role: Role;
  programId: string | null;
  /** The caller's IP address; null for acts of the server itself. */
  address: string | null;
  /** The operationId. */
  action: string;
  /** The id of the key, program, account or session that was acted on. */
  subject: string | null;
  outcome: 'done' | 'denied';
  detail: string | null;
}

export const Audit = new EntitySchema<AuditRow>({
  name: 'Audit',
  tableName: 'audit',
  columns: {
    accountId: column.id({ primary: true }),
    auditId: column.id({ primary: true }),
    at: column.timestamp(),
    keyId: column.id(),
    role: column.shortString(),
    programId: column.id({ nullable: true }),
    address: column.id({ nullable: true }),
    action: column.id(),
    subject: column.id({ nullable: true }),
    outcome: column.shortString(),
    detail: column.text({ nullable: true }),
  },
});
