import { createHash } from 'node:crypto';
import { type Clock, MINUTE } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import { Audit } from './entity.ts';
import { recordAuditEntry } from './record.ts';

const DEDUPLICATION_WINDOW_MS = 15 * MINUTE;

/**
 * Notes that somebody looked: at most one row for each key, operation and subject in a quarter of an hour of the server's
 * clock, so that a page that stays open and reads again tells no more than one that was opened. The row's id says which
 * quarter it stands for, so of looks at once, at whatever server, the primary key lets one in, and a look that is noted
 * already writes nothing.
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
    // Whoever loses against another fails on the primary key, begins again, and finds it noted.
    if (await manager.existsBy(Audit, { accountId, auditId })) return;
    await recordAuditEntry(manager, principal, { ...read, auditId }, now);
  });
}
