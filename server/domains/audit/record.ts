import type { EntityManager } from 'typeorm';
import { v7 as timeOrderedId } from 'uuid';
import type { Principal } from '../../platform/principal.ts';
import { Audit, type AuditRow } from './entity.ts';

/** Who is recorded as responsible. */
type Actor = Pick<Principal, 'accountId' | 'keyId' | 'role' | 'programId' | 'address'>;
type AuditEntry = Pick<AuditRow, 'action' | 'subject'> & Partial<Pick<AuditRow, 'outcome' | 'detail' | 'auditId'>>;

/** Writes an audit row. Call it in the transaction of the act, so that neither is stored without the other. */
export async function recordAuditEntry(
  manager: EntityManager,
  principal: Actor,
  entry: AuditEntry,
  now: number,
): Promise<void> {
  const { accountId, keyId, role, programId, address = null } = principal;
  const row = {
    accountId,
    auditId: timeOrderedId(),
    at: now,
    keyId,
    role,
    programId,
    address,
    outcome: 'done' as const,
    detail: null,
    ...entry,
  };
  await manager.insert(Audit, row);
}
