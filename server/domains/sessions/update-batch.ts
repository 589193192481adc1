/**
 * Updates of sessions that share a transaction: their rows are locked in one order, the rules are applied to each update
 * as if it were alone, and everything is written in a few statements and one commit.
 */
import type { Principal } from '../../platform/context.ts';
import type { Outcome } from '../../platform/database/batching.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { announce } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import { Session, type SessionRow } from './entity.ts';
import { absent, lockedSessions } from './find.ts';
import { announcementOf } from './keep.ts';
import type { Judging } from './open.ts';
import { requireOwner } from './ownership.ts';
import { type SessionUpdate, takesSlot, updated } from './rules.ts';
import { isLimited } from './slots.ts';
import { changeRow, noteChanges } from './timeline.ts';

export interface UpdateItem {
  readonly principal: Principal;
  readonly sessionId: string;
  readonly update: SessionUpdate;
}

/** Null for an update that needs a slot of a limited account: it must hold the account, and is done alone. */
export type Updated = SessionRow | null;

export async function updateBatch(
  transaction: Transaction,
  judging: Judging,
  items: readonly UpdateItem[],
): Promise<Outcome<Updated>[]> {
  const stored = await lockedRows(transaction, items);
  const at = judging.clock.now();
  const rows = new Map(stored);
  const changes: SessionRow[] = [];
  const outcomes = items.map((item): Outcome<Updated> => {
    const key = keyOf(item.principal.accountId, item.sessionId);
    try {
      const before = rows.get(key);
      const after = judged(item, before, at, judging.settings.staleAfterMs);
      if (!before || !after) return { result: null };
      rows.set(key, after);
      if (after.changes !== before.changes) changes.push(after);
      return { result: after };
    } catch (error) {
      if (error instanceof Fault) return { error };
      throw error;
    }
  });
  const [beats, others] = parted(stored, rows, at);
  writeBeats(transaction, beats, at);
  writeRows(transaction, others);
  tell(transaction, changes, at);
  return outcomes;
}

/** The session after the update; null when it needs a slot. Throws `session-not-found`, `forbidden`, `session-superseded`. */
function judged(
  { principal, sessionId, update }: UpdateItem,
  before: SessionRow | undefined,
  at: number,
  staleAfterMs: number,
): Updated {
  if (!before) throw absent(sessionId);
  requireOwner(principal, before);
  const after = updated(before, update, at);
  return isLimited(principal.tier) && takesSlot(before, after, at, staleAfterMs) ? null : after;
}

const keyOf = (accountId: string, sessionId: string): string => `${accountId} ${sessionId}`;

/** The rows of all items, locked in the order of account and id, which is the order of every other story. */
async function lockedRows(transaction: Transaction, items: readonly UpdateItem[]): Promise<Map<string, SessionRow>> {
  const rows = new Map<string, SessionRow>();
  for (const accountId of accountsOf(items.map((item) => item.principal.accountId))) {
    const own = items.filter((item) => item.principal.accountId === accountId);
    const sessionIds = [...new Set(own.map((item) => item.sessionId))].sort();
    for (const row of await lockedSessions(transaction, accountId, sessionIds))
      rows.set(keyOf(accountId, row.sessionId), row);
  }
  return rows;
}

/** The rows that have changed: those of bare heartbeats, and the others. */
function parted(stored: ReadonlyMap<string, SessionRow>, rows: ReadonlyMap<string, SessionRow>, at: number) {
  const beats: SessionRow[] = [];
  const others: SessionRow[] = [];
  for (const [key, row] of rows) {
    const before = stored.get(key) ?? row;
    if (row !== before) (isBareHeartbeat(before, row, at) ? beats : others).push(row);
  }
  return [beats, others] as const;
}

const COLUMNS = Object.keys(Session.options.columns) as (keyof SessionRow)[];
const SIGNS_OF_LIFE: ReadonlySet<keyof SessionRow> = new Set(['lastHeartbeat', 'updatedAt']);

/** True when nothing of the session has moved but its signs of life, to this moment. */
function isBareHeartbeat(before: SessionRow, after: SessionRow, at: number): boolean {
  if (after.lastHeartbeat !== at || after.updatedAt !== at) return false;
  const isSame = (column: keyof SessionRow) => after[column] === before[column];
  return COLUMNS.every((column) => SIGNS_OF_LIFE.has(column) || isSame(column));
}

/** Most updates are bare heartbeats: for each account one statement moves two columns of them all. */
function writeBeats({ atEnd }: Transaction, rows: readonly SessionRow[], at: number): void {
  for (const accountId of accountsOf(rows.map((row) => row.accountId))) {
    const sessionIds = rows.filter((row) => row.accountId === accountId).map((row) => row.sessionId);
    const marks = sessionIds.map(() => '?').join(', ');
    const sql = `UPDATE sessions SET lastHeartbeat = ?, updatedAt = ? WHERE accountId = ? AND sessionId IN (${marks})`;
    atEnd({ sql, values: [at, at, accountId, ...sessionIds] });
  }
}

const writeRows = ({ upsert }: Transaction, rows: readonly SessionRow[]): void =>
  upsert(
    'sessions',
    ['accountId', 'sessionId'],
    rows.map((row) => ({ ...row, handoffRequired: Number(row.handoffRequired), archived: Number(row.archived) })),
  );

/** Tells the timeline and the stream of events what has changed, in the order in which it did. */
function tell(transaction: Transaction, changes: readonly SessionRow[], at: number): void {
  noteChanges(
    transaction,
    changes.map((after) => changeRow('updated', after, at)),
  );
  for (const accountId of accountsOf(changes.map((after) => after.accountId))) {
    const own = changes.filter((after) => after.accountId === accountId);
    const news = own.map((after) => announcementOf('updated', after));
    announce(transaction, accountId, at, news);
  }
}

const accountsOf = (accountIds: readonly string[]): string[] => [...new Set(accountIds)].sort();
