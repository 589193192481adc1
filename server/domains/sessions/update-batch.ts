/**
 * Updates of sessions that share a transaction: their rows are locked in one order, the rules apply to each update as if it
 * were alone, and everything is written in a few statements and one commit.
 */
import type { BatchOutcome } from '../../platform/database/batcher.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { SessionRow } from './entity.ts';
import type { SessionDeps } from './open.ts';
import { lockSessions, sessionNotFound } from './queries.ts';
import { evaluateUpdate, toRowKey, type UpdateItem, uniqueSorted, writeUpdates } from './update-steps.ts';

/** Null for an update that requires a slot of a limited account: it must lock the account first, so it runs alone. */
export type UpdateResult = SessionRow | null;

export async function updateBatch(
  transaction: Transaction,
  deps: SessionDeps,
  items: readonly UpdateItem[],
): Promise<BatchOutcome<UpdateResult>[]> {
  const stored = await lockRows(transaction, items);
  const at = { now: deps.clock.now(), staleAfterMs: deps.settings.staleAfterMs };
  const rows = new Map(stored);
  const changes: SessionRow[] = [];
  const outcomes = items.map((item): BatchOutcome<UpdateResult> => {
    const key = toRowKey({ accountId: item.principal.accountId, sessionId: item.sessionId });
    try {
      const before = rows.get(key);
      if (!before) throw sessionNotFound(item.sessionId);
      const { after, requiresSlot } = evaluateUpdate(item, before, item.principal.tier, at);
      if (requiresSlot) return { result: null };
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

/** Locks the rows of all items in the order of account and id. Every transaction locks sessions in this order, so none deadlocks. */
async function lockRows(transaction: Transaction, items: readonly UpdateItem[]): Promise<Map<string, SessionRow>> {
  const rows = new Map<string, SessionRow>();
  for (const accountId of uniqueSorted(items.map((item) => item.principal.accountId))) {
    const own = items.filter((item) => item.principal.accountId === accountId);
    const sessionIds = [...new Set(own.map((item) => item.sessionId))].sort();
    for (const row of await lockSessions(transaction, accountId, sessionIds)) rows.set(toRowKey(row), row);
  }
  return rows;
}
