/** The heartbeats of an account's sessions, for its event streams. */
import type { EntityManager } from 'typeorm';
import { formatInstant } from '../../platform/clock.ts';
import type { PulseRow } from '../../platform/events/pulse-reader.ts';
import { LIVE_STATES } from './liveness.ts';

/**
 * Live sessions last seen after the position `after`, in that order (index sessions_newest). Each state is a range of its
 * own: one condition over all states would sort them all.
 */
export async function readPulsesAfter(
  manager: EntityManager,
  accountId: string,
  after: Pick<PulseRow, 'updatedAt' | 'sessionId'>,
  limit: number,
): Promise<PulseRow[]> {
  const branch = `SELECT * FROM (
    SELECT sessionId, programId, lastHeartbeat, updatedAt FROM sessions
    WHERE accountId = ? AND archived = 0 AND state = ? AND updatedAt >= ? AND (updatedAt > ? OR sessionId > ?)
    ORDER BY updatedAt, sessionId LIMIT ${limit}) AS`;
  const { updatedAt, sessionId } = after;
  const rows = await manager.query<
    { sessionId: string; programId: string | null; lastHeartbeat: number | string; updatedAt: number | string }[]
  >(
    `SELECT * FROM (${LIVE_STATES.map((state) => `${branch} ${state}_sessions`).join(' UNION ALL ')}) AS signs
     ORDER BY updatedAt, sessionId LIMIT ${limit}`,
    LIVE_STATES.flatMap((state) => [accountId, state, updatedAt, updatedAt, sessionId]),
  );
  return rows.map((row) => ({
    sessionId: row.sessionId,
    updatedAt: Number(row.updatedAt),
    pulse: {
      sessionId: row.sessionId,
      programId: row.programId,
      lastHeartbeat: formatInstant(Number(row.lastHeartbeat)),
      updatedAt: formatInstant(Number(row.updatedAt)),
    },
  }));
}
