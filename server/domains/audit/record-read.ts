import { createHash } from 'node:crypto';
import { type Clock, MINUTE } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import { Audit } from './entity.ts';
import { recordAuditEntry } from './record.ts';

const DEDUPLICATION_WINDOW_MS = 15 * MINUTE;

/**
 * Audits a read: at most one row per key, operation and subject in each quarter of an hour, so that a page that refreshes
 * itself does not fill the audit. The row's id is derived from these, so the primary key admits one of concurrent reads, on
 * any server, and later reads write nothing.
 */
export async function recordRead(
  store: Store,
  clock: Clock,
  principal: Principal,
  read: { readonly action: string; readonly subject: string },
): Promise<void> {
  const { accountId, keyId } = principal;
  const now = clock.now();
  const identity = [keyId, read.action, read.subject, Math.floor(now / DEDUPLICATION_WINDOW_MS)];
  const auditId = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
  if (await store.read((manager) => manager.existsBy(Audit, { accountId, auditId }))) return;
  await store.write(async ({ manager }) => {
    // Of concurrent reads, the loser's insert fails on the primary key, and its retry finds the row.
    if (await manager.existsBy(Audit, { accountId, auditId })) return;
    await recordAuditEntry(manager, principal, { ...read, auditId }, now);
  });
}
