/** The steps of every update of a session, alone or in a batch. The caller has locked the session's row. */
import { placeholders } from '../../platform/database/index-ranges.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import type { Principal, Tier } from '../../platform/principal.ts';
import { type SessionRow, sessionCodec } from './entity.ts';
import type { LivenessContext } from './liveness.ts';
import { applyUpdate, hasSessionLimit, needsSlot, requireOwner, type SessionUpdate } from './rules.ts';
import { toSessionEvent } from './save-session.ts';
import { appendChanges, toChangeRow } from './timeline.ts';

export interface UpdateItem {
  readonly principal: Principal;
  readonly sessionId: string;
  readonly update: SessionUpdate;
  /** The session was found as its program's current one, which it is only while it is live. */
  readonly isCurrent?: boolean;
}

interface EvaluatedUpdate {
  readonly after: SessionRow;
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
  return { after, requiresSlot: hasSessionLimit(tier) && needsSlot(before, after, at) };
}

export const toRowKey = ({ accountId, sessionId }: Pick<SessionRow, 'accountId' | 'sessionId'>): string =>
  `${accountId} ${sessionId}`;

interface EvaluatedUpdates {
  /** The rows before and after, by `toRowKey`. */
  readonly stored: ReadonlyMap<string, SessionRow>;
  readonly rows: ReadonlyMap<string, SessionRow>;
  /** The session after each update that changed more than its liveness, in order. */
  readonly changes: readonly SessionRow[];
  readonly now: number;
}

/** Writes updates right before the commit, with their entries in the timelines and their events. */
export function writeUpdates(transaction: Transaction, { stored, rows, changes, now }: EvaluatedUpdates): void {
  const [heartbeats, others] = partitionChanged(stored, rows, now);
  writeHeartbeats(transaction, heartbeats, now);
  writeRows(transaction, others);
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
function publishChanges(transaction: Transaction, changes: readonly SessionRow[], now: number): void {
  appendChanges(
    transaction,
    changes.map((after) => toChangeRow('updated', after, now)),
  );
  for (const accountId of uniqueSorted(changes.map((after) => after.accountId))) {
    const own = changes.filter((after) => after.accountId === accountId);
    const events = own.map((after) => toSessionEvent('updated', after));
    appendEvents(transaction, accountId, now, events);
  }
}

/** Accounts in the order in which their rows are locked. */
export const uniqueSorted = (accountIds: readonly string[]): string[] => [...new Set(accountIds)].sort();
