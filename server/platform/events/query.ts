/** What followers read: events in their order. */
import type { EntityManager } from 'typeorm';
import type { StoredEvent } from './frame.ts';
import type { EventRange } from './rules.ts';

/**
 * The events behind a number, in their order, at most `limit`. A number is never visible before a lower one
 * (`outbox.ts`), so what is there has no gap.
 */
export async function readEventsAfter(
  manager: EntityManager,
  accountId: string,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  const rows = await manager.query<(Omit<StoredEvent, 'seq' | 'at'> & Record<'seq' | 'at', number | string>)[]>(
    `SELECT seq, at, kind, programId, sessionId, data FROM events WHERE accountId = ? AND seq > ? ORDER BY seq LIMIT ${limit}`,
    [accountId, after],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq), at: Number(row.at) }));
}

/** Which events of the account are there, at one moment. */
export async function readEventRange(manager: EntityManager, accountId: string): Promise<EventRange> {
  const [row] = await manager.query<{ oldest: number | string | null; latest: number | string | null }[]>(
    `SELECT (SELECT MIN(seq) FROM events WHERE accountId = ?) AS oldest,
            (SELECT seq FROM event_counters WHERE accountId = ?) AS latest`,
    [accountId, accountId],
  );
  const { oldest = null, latest = null } = row ?? {};
  return { oldest: oldest === null ? null : Number(oldest), latest: Number(latest ?? 0) };
}
