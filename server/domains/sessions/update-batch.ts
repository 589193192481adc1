/**
 * Updates of sessions that share a transaction: their rows are locked in one order, the rules apply to each update as if it
 * were alone, and everything is written in a few statements and one commit.
 */
import type { BatchOutcome } from '../../platform/database/batcher.ts';
import { placeholders } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal, Tier } from '../../platform/principal.ts';
import { type SessionRow, sessionCodec } from './entity.ts';
import { type HandoverChange, writeHandovers } from './handover.ts';
import { isLive, type LivenessContext, livenessAt } from './liveness.ts';
import type { SessionDeps } from './open.ts';
import { findExistingIds, lockSessions, sessionNotFound } from './queries.ts';
import {
  applyUpdate,
  handoverAfterUpdate,
  hasSessionLimit,
  needsSlot,
  requireOwner,
  type SessionUpdate,
} from './rules.ts';
import { toChangeEvents } from './save-session.ts';
import { appendChanges, toChangeRow } from './timeline.ts';

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
  const at = livenessAt(deps.clock, deps.settings);
  const rows = new Map(stored);
  const changes: SessionTransition[] = [];
  const handovers: HandoverChange[] = [];
  const outcomes = items.map((item): BatchOutcome<UpdateResult> => {
    const key = toRowKey({ accountId: item.principal.accountId, sessionId: item.sessionId });
    if (skipped.has(key)) return { result: 'locked' };
    try {
      const before = rows.get(key);
      if (item.isCurrent && !(before && isLive(before))) return { result: 'ended' };
      if (!before) throw sessionNotFound(item.sessionId);
      const { after, handover, requiresSlot } = evaluateUpdate(item, before, item.principal.tier, at);
      if (requiresSlot) return { result: 'needs-slot' };
      rows.set(key, after);
      if (after.changes !== before.changes) changes.push({ before, after });
      if (handover) handovers.push(handover);
      return { result: after };
    } catch (error) {
      if (error instanceof Fault) return { error };
      throw error;
    }
  });
  writeUpdates(transaction, { stored, rows, changes, handovers, now: at.now });
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

// The steps of every update, alone or in a batch. The caller has locked the row of the session.

export interface UpdateItem {
  readonly principal: Principal;
  readonly sessionId: string;
  readonly update: SessionUpdate;
  /** The session was found as its program's current one, which it is only while it is live. */
  readonly isCurrent?: boolean;
}

interface EvaluatedUpdate {
  readonly after: SessionRow;
  /** Null when the stored handover stays as it is. */
  readonly handover: HandoverChange | null;
  /** True when the update takes a slot of a limited tier; the caller then needs the lock of `lockSlots`. */
  readonly requiresSlot: boolean;
}

/** The session after an update, from its owner and by the rules. Throws `forbidden`, `session-superseded`. */
export function evaluateUpdate(
  { principal, update }: Pick<UpdateItem, 'principal' | 'update'>,
  before: SessionRow,
  tier: Tier,
  at: LivenessContext,
): EvaluatedUpdate {
  requireOwner(principal, before);
  const after = applyUpdate(before, update, at.now);
  const handover = handoverAfterUpdate(before, update);
  return {
    after,
    handover: handover === undefined ? null : { accountId: after.accountId, sessionId: after.sessionId, handover },
    requiresSlot: hasSessionLimit(tier) && needsSlot(before, after, at),
  };
}

export const toRowKey = ({ accountId, sessionId }: Pick<SessionRow, 'accountId' | 'sessionId'>): string =>
  `${accountId} ${sessionId}`;

interface SessionTransition {
  readonly before: SessionRow;
  readonly after: SessionRow;
}

interface EvaluatedUpdates {
  /** The rows before and after, by `toRowKey`. */
  readonly stored: ReadonlyMap<string, SessionRow>;
  readonly rows: ReadonlyMap<string, SessionRow>;
  /** The session before and after each update that changed more than its liveness, in order. */
  readonly changes: readonly SessionTransition[];
  /** In the order of the updates. */
  readonly handovers: readonly HandoverChange[];
  readonly now: number;
}

/** Writes updates right before the commit, with their entries in the timelines and their events. */
export function writeUpdates(
  transaction: Transaction,
  { stored, rows, changes, handovers, now }: EvaluatedUpdates,
): void {
  const [heartbeats, others] = partitionChanged(stored, rows, now);
  writeHeartbeats(transaction, heartbeats, now);
  writeRows(transaction, others);
  if (handovers.length > 0) writeHandovers(transaction, handovers);
  publishChanges(transaction, changes, now);
}

/** The rows that have changed: bare heartbeats, and the others. */
function partitionChanged(stored: ReadonlyMap<string, SessionRow>, rows: ReadonlyMap<string, SessionRow>, now: number) {
  const heartbeats: SessionRow[] = [];
  const others: SessionRow[] = [];
  for (const [key, row] of rows) {
    const before = stored.get(key) ?? row;
    if (row !== before) (isBareHeartbeat(before, row, now) ? heartbeats : others).push(row);
  }
  return [heartbeats, others] as const;
}

const STEADY_COLUMNS = sessionCodec.columns.filter((column) => column !== 'lastHeartbeat' && column !== 'updatedAt');

/** Whether the update only moved `lastHeartbeat` and `updatedAt`, both to `now`. */
function isBareHeartbeat(before: SessionRow, after: SessionRow, now: number): boolean {
  if (after.lastHeartbeat !== now || after.updatedAt !== now) return false;
  return STEADY_COLUMNS.every((column) => after[column] === before[column]);
}

/** Most updates are bare heartbeats: one statement per account writes two columns of all of them. */
function writeHeartbeats({ beforeCommit }: Transaction, rows: readonly SessionRow[], now: number): void {
  for (const accountId of uniqueSorted(rows.map((row) => row.accountId))) {
    const sessionIds = rows.filter((row) => row.accountId === accountId).map((row) => row.sessionId);
    const sql = `UPDATE sessions SET lastHeartbeat = ?, updatedAt = ? WHERE accountId = ? AND sessionId IN (${placeholders(sessionIds)})`;
    beforeCommit({ sql, values: [now, now, accountId, ...sessionIds] });
  }
}

const writeRows = ({ upsert }: Transaction, rows: readonly SessionRow[]): void =>
  upsert('sessions', ['accountId', 'sessionId'], rows.map(sessionCodec.toPlain));

/** Appends the changes to the timelines and the event streams, in their order. */
function publishChanges(transaction: Transaction, changes: readonly SessionTransition[], now: number): void {
  if (changes.length === 0) return;
  appendChanges(
    transaction,
    changes.map(({ after }) => toChangeRow('updated', after, now)),
  );
  for (const accountId of uniqueSorted(changes.map(({ after }) => after.accountId))) {
    const own = changes.filter(({ after }) => after.accountId === accountId);
    const events = own.flatMap(({ before, after }) => toChangeEvents('updated', before, after));
    appendEvents(transaction, accountId, now, events);
  }
}

/** Accounts in the order in which their rows are locked. */
export const uniqueSorted = (accountIds: readonly string[]): string[] => [...new Set(accountIds)].sort();
