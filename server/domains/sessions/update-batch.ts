/**
 * Updates of sessions that share a transaction: their rows are locked in one order, the rules apply to each update as if it
 * were alone, and everything is written in a few statements and one commit.
 */
import type { BatchOutcome } from '../../platform/database/batcher.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { SessionRow } from './entity.ts';
import { isLive } from './liveness.ts';
import type { SessionDeps } from './open.ts';
import { findExistingIds, lockSessions, sessionNotFound } from './queries.ts';
import { evaluateUpdate, toRowKey, type UpdateItem, uniqueSorted, writeUpdates } from './update-steps.ts';

/**
 * The session after the update, or why nothing was done. `needs-slot`: it requires a slot of a limited account, so the
 * account must be locked first and the update runs alone. `ended`: it was the current session when it was found and has
 * ended since. `locked`: another transaction holds its row.
 */
export type UpdateResult = SessionRow | 'needs-slot' | 'ended' | 'locked';

/** With `waitForLocks` it waits for locked rows, so that no result is `locked`. */
export async function updateBatch(
  transaction: Transaction,
  deps: SessionDeps,
  items: readonly UpdateItem[],
  { waitForLocks = false }: { readonly waitForLocks?: boolean } = {},
): Promise<BatchOutcome<UpdateResult>[]> {
  const { rows: stored, skipped } = await lockRows(transaction, items, waitForLocks);
  const at = { now: deps.clock.now(), staleAfterMs: deps.settings.staleAfterMs };
  const rows = new Map(stored);
  const changes: SessionRow[] = [];
  const outcomes = items.map((item): BatchOutcome<UpdateResult> => {
    const key = toRowKey({ accountId: item.principal.accountId, sessionId: item.sessionId });
    if (skipped.has(key)) return { result: 'locked' };
    try {
      const before = rows.get(key);
      if (item.isCurrent && !(before && isLive(before))) return { result: 'ended' };
      if (!before) throw sessionNotFound(item.sessionId);
      const { after, requiresSlot } = evaluateUpdate(item, before, item.principal.tier, at);
      if (requiresSlot) return { result: 'needs-slot' };
      rows.set(key, after);
      if (after.changes !== before.changes) changes.push(after);
      return { result: after };
    } catch (error) {
      if (error instanceof Fault) return { error };
      throw error;
    }
  });
  writeUpdates(transaction, { stored, rows, changes, now: at.now });
  return outcomes;
}

/**
 * Locks the rows of all items in the order of account and id; every transaction locks sessions in this order, so none
 * deadlocks. Without `waitForLocks`, rows locked by other transactions are skipped.
 */
async function lockRows(transaction: Transaction, items: readonly UpdateItem[], waitForLocks: boolean) {
  const rows = new Map<string, SessionRow>();
  const skipped = new Set<string>();
  for (const accountId of uniqueSorted(items.map((item) => item.principal.accountId))) {
    const own = items.filter((item) => item.principal.accountId === accountId);
    const sessionIds = [...new Set(own.map((item) => item.sessionId))].sort();
    for (const row of await lockSessions(transaction, accountId, sessionIds, waitForLocks))
      rows.set(toRowKey(row), row);
    const missing = sessionIds.filter((sessionId) => !rows.has(toRowKey({ accountId, sessionId })));
    if (waitForLocks || missing.length === 0) continue;
    for (const sessionId of await findExistingIds(transaction, accountId, missing))
      skipped.add(toRowKey({ accountId, sessionId }));
  }
  return { rows, skipped };
}
