/** What followers read: events in their order, and the sessions that gave a sign of life. */
import type { EntityManager } from 'typeorm';
import { instant } from '../clock.ts';
import type { StoredEvent } from './frame.ts';
import type { SessionPulse, Span } from './rules.ts';

/**
 * The events behind a number, in their order, at most `limit`. A number is never visible before a lower one
 * (`outbox.ts`), so what is there has no gap.
 */
export async function eventsAfter(
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
export async function spanOf(manager: EntityManager, accountId: string): Promise<Span> {
  const [row] = await manager.query<{ oldest: number | string | null; latest: number | string | null }[]>(
    `SELECT (SELECT MIN(seq) FROM events WHERE accountId = ?) AS oldest,
            (SELECT seq FROM event_counters WHERE accountId = ?) AS latest`,
    [accountId, accountId],
  );
  const { oldest = null, latest = null } = row ?? {};
  return { oldest: oldest === null ? null : Number(oldest), latest: Number(latest ?? 0) };
}

/** A session and its last sign of life. */
export interface Sign {
  readonly sessionId: string;
  readonly updatedAt: number;
  readonly pulse: SessionPulse;
}

/** Live sessions whose last sign of life is behind `after`, in the order of those signs (index sessions_newest). */
export async function signsAfter(
  manager: EntityManager,
  accountId: string,
  after: Pick<Sign, 'updatedAt' | 'sessionId'>,
  limit: number,
): Promise<Sign[]> {
  const branch = `SELECT * FROM (
    SELECT sessionId, programId, lastHeartbeat, updatedAt FROM sessions
    WHERE accountId = ? AND archived = 0 AND state = ? AND updatedAt >= ? AND (updatedAt > ? OR sessionId > ?)
    ORDER BY updatedAt, sessionId LIMIT ${limit}) AS`;
  const { updatedAt, sessionId } = after;
  const states = ['working', 'blocked', 'pinned'];
  const rows = await manager.query<
    { sessionId: string; programId: string | null; lastHeartbeat: number | string; updatedAt: number | string }[]
  >(
    `SELECT * FROM (${states.map((state) => `${branch} ${state}_sessions`).join(' UNION ALL ')}) AS signs
     ORDER BY updatedAt, sessionId LIMIT ${limit}`,
    states.flatMap((state) => [accountId, state, updatedAt, updatedAt, sessionId]),
  );
  return rows.map((row) => ({
    sessionId: row.sessionId,
    updatedAt: Number(row.updatedAt),
    pulse: {
      sessionId: row.sessionId,
      programId: row.programId,
      lastHeartbeat: instant(Number(row.lastHeartbeat)),
      updatedAt: instant(Number(row.updatedAt)),
    },
  }));
}
