/**
 * Updates of sessions that share a transaction: their rows are locked in one order, the rules are applied to each update
 * as if it were alone, and everything is written in a few statements and one commit.
 */

import type { BatchOutcome } from '../../platform/database/batcher.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { Session, type SessionRow } from './entity.ts';
import type { SessionDeps } from './open.ts';
import { requireOwner } from './ownership.ts';
import { lockSessions, sessionNotFound } from './queries.ts';
import { applyUpdate, needsSlot, type SessionUpdate } from './rules.ts';
import { toSessionEvent } from './save-session.ts';
import { hasSessionLimit } from './slots.ts';
import { appendChanges, toChangeRow } from './timeline.ts';

export interface UpdateItem {
  readonly principal: Principal;
  readonly sessionId: string;
  readonly update: SessionUpdate;
}

/** Null for an update that needs a slot of a limited account: it must hold the account, and is done alone. */
export type UpdateResult = SessionRow | null;

export async function updateBatch(
  transaction: Transaction,
  deps: SessionDeps,
  items: readonly UpdateItem[],
): Promise<BatchOutcome<UpdateResult>[]> {
  const stored = await lockRows(transaction, items);
  const at = deps.clock.now();
  const rows = new Map(stored);
  const changes: SessionRow[] = [];
  const outcomes = items.map((item): BatchOutcome<UpdateResult> => {
    const key = rowKey(item.principal.accountId, item.sessionId);
    try {
      const before = rows.get(key);
      const after = evaluateUpdate(item, before, at, deps.settings.staleAfterMs);
      if (!before || !after) return { result: null };
      rows.set(key, after);
      if (after.changes !== before.changes) changes.push(after);
      return { result: after };
    } catch (error) {
      if (error instanceof Fault) return { error };
      throw error;
    }
  });
  const [heartbeats, others] = partitionChanged(stored, rows, at);
  writeHeartbeats(transaction, heartbeats, at);
  writeRows(transaction, others);
  publishChanges(transaction, changes, at);
  return outcomes;
}

/** The session after the update; null when it needs a slot. Throws `session-not-found`, `forbidden`, `session-superseded`. */
function evaluateUpdate(
  { principal, sessionId, update }: UpdateItem,
  before: SessionRow | undefined,
  at: number,
  staleAfterMs: number,
): UpdateResult {
  if (!before) throw sessionNotFound(sessionId);
  requireOwner(principal, before);
  const after = applyUpdate(before, update, at);
  return hasSessionLimit(principal.tier) && needsSlot(before, after, { now: at, staleAfterMs }) ? null : after;
}

const rowKey = (accountId: string, sessionId: string): string => `${accountId} ${sessionId}`;

/** The rows of all items, locked in the order of account and id, which is the order of every other story. */
async function lockRows(transaction: Transaction, items: readonly UpdateItem[]): Promise<Map<string, SessionRow>> {
  const rows = new Map<string, SessionRow>();
  for (const accountId of uniqueSorted(items.map((item) => item.principal.accountId))) {
    const own = items.filter((item) => item.principal.accountId === accountId);
    const sessionIds = [...new Set(own.map((item) => item.sessionId))].sort();
    for (const row of await lockSessions(transaction, accountId, sessionIds))
      rows.set(rowKey(accountId, row.sessionId), row);
  }
  return rows;
}

/** The rows that have changed: those of bare heartbeats, and the others. */
function partitionChanged(stored: ReadonlyMap<string, SessionRow>, rows: ReadonlyMap<string, SessionRow>, at: number) {
  const heartbeats: SessionRow[] = [];
  const others: SessionRow[] = [];
  for (const [key, row] of rows) {
    const before = stored.get(key) ?? row;
    if (row !== before) (isBareHeartbeat(before, row, at) ? heartbeats : others).push(row);
  }
  return [heartbeats, others] as const;
}

const COLUMNS = Object.keys(Session.options.columns) as (keyof SessionRow)[];
const LIVENESS_COLUMNS: ReadonlySet<keyof SessionRow> = new Set(['lastHeartbeat', 'updatedAt']);

/** True when nothing of the session has moved but its signs of life, to this moment. */
function isBareHeartbeat(before: SessionRow, after: SessionRow, at: number): boolean {
  if (after.lastHeartbeat !== at || after.updatedAt !== at) return false;
  const isSame = (column: keyof SessionRow) => after[column] === before[column];
  return COLUMNS.every((column) => LIVENESS_COLUMNS.has(column) || isSame(column));
}

/** Most updates are bare heartbeats: for each account one statement moves two columns of them all. */
function writeHeartbeats({ beforeCommit }: Transaction, rows: readonly SessionRow[], at: number): void {
  for (const accountId of uniqueSorted(rows.map((row) => row.accountId))) {
    const sessionIds = rows.filter((row) => row.accountId === accountId).map((row) => row.sessionId);
    const placeholders = sessionIds.map(() => '?').join(', ');
    const sql = `UPDATE sessions SET lastHeartbeat = ?, updatedAt = ? WHERE accountId = ? AND sessionId IN (${placeholders})`;
    beforeCommit({ sql, values: [at, at, accountId, ...sessionIds] });
  }
}

const writeRows = ({ upsert }: Transaction, rows: readonly SessionRow[]): void =>
  upsert(
    'sessions',
    ['accountId', 'sessionId'],
    rows.map((row) => ({ ...row, handoffRequired: Number(row.handoffRequired), archived: Number(row.archived) })),
  );

/** Tells the timeline and the stream of events what has changed, in the order in which it did. */
function publishChanges(transaction: Transaction, changes: readonly SessionRow[], at: number): void {
  appendChanges(
    transaction,
    changes.map((after) => toChangeRow('updated', after, at)),
  );
  for (const accountId of uniqueSorted(changes.map((after) => after.accountId))) {
    const own = changes.filter((after) => after.accountId === accountId);
    const events = own.map((after) => toSessionEvent('updated', after));
    appendEvents(transaction, accountId, at, events);
  }
}

const uniqueSorted = (accountIds: readonly string[]): string[] => [...new Set(accountIds)].sort();
