/** What followers read: events in their order. */
import type { EntityManager } from 'typeorm';
import type { StoredEvent } from './frame.ts';
import type { EventRange, EventSelection } from './rules.ts';

/** How many numbers one page of a catch-up covers at most, so that a filter that matches nothing is no endless query. */
const WINDOW = 5_000;
const COLUMNS = 'seq, at, kind AS type, programId, sessionId, data';

type Row = Omit<StoredEvent, 'seq' | 'at'> & Record<'seq' | 'at', number | string>;
const toStoredEvent = (row: Row): StoredEvent => ({ ...row, seq: Number(row.seq), at: Number(row.at) });

/**
 * The events behind a number, in their order, at most `limit`. A number is never visible before a lower one
 * (`outbox.ts`), so the result has no gap.
 */
export async function readEventsAfter(
  manager: EntityManager,
  accountId: string,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  const rows = await manager.query<Row[]>(
    `SELECT ${COLUMNS} FROM events WHERE accountId = ? AND seq > ? ORDER BY seq LIMIT ${limit}`,
    [accountId, after],
  );
  return rows.map(toStoredEvent);
}

export interface SelectedEvents {
  readonly events: readonly StoredEvent[];
  /** Up to this number there are no other events of the selection. */
  readonly upTo: number;
}

/**
 * The events of a selection behind a number, at most `limit`, and of a bounded range. Null when an event behind `after`
 * was deleted. The database filters, because reading and parsing a week of events to drop them costs seconds.
 */
export async function readSelectedEvents(
  manager: EntityManager,
  accountId: string,
  after: number,
  selection: EventSelection,
  limit: number,
): Promise<SelectedEvents | null> {
  // Read first: what is committed later may be missing below.
  const { latest } = await readEventRange(manager, accountId);
  const isEmpty = selection.types?.length === 0;
  const last = isEmpty ? latest : Math.min(after + WINDOW, latest);
  const { sql, values } = toCondition(selection);
  const rows = isEmpty
    ? []
    : await manager.query<Row[]>(
        `SELECT ${COLUMNS} FROM events WHERE accountId = ? AND seq > ? AND seq <= ?${sql} ORDER BY seq LIMIT ${limit}`,
        [accountId, after, last, ...values],
      );
  // Read last: the oldest events are deleted first, so if the next one is still there, none was missing before.
  const { oldest } = await readEventRange(manager, accountId);
  if (after < latest && (oldest === null || oldest > after + 1)) return null;
  const events = rows.map(toStoredEvent);
  return { events, upTo: events.length < limit ? Math.max(after, last) : (events.at(-1)?.seq ?? last) };
}

function toCondition({ types, concerning }: EventSelection): { readonly sql: string; readonly values: string[] } {
  const parts: string[] = [];
  const values: string[] = [];
  const typeIsIn = (list: readonly string[]) => {
    values.push(...list);
    return `kind IN (${list.map(() => '?').join(', ')})`;
  };
  if (types) parts.push(typeIsIn(types));
  for (const { programId, otherwise } of concerning) {
    values.push(programId);
    parts.push(`(programId = ?${otherwise.length > 0 ? ` OR ${typeIsIn(otherwise)}` : ''})`);
  }
  return { sql: parts.map((part) => ` AND ${part}`).join(''), values };
}

/** The oldest and the newest event of the account, at one moment. */
export async function readEventRange(manager: EntityManager, accountId: string): Promise<EventRange> {
  const [row] = await manager.query<{ oldest: number | string | null; latest: number | string | null }[]>(
    `SELECT (SELECT MIN(seq) FROM events WHERE accountId = ?) AS oldest,
            (SELECT seq FROM event_counters WHERE accountId = ?) AS latest`,
    [accountId, accountId],
  );
  const { oldest = null, latest = null } = row ?? {};
  return { oldest: oldest === null ? null : Number(oldest), latest: Number(latest ?? 0) };
}
