/** The sessions that gave a sign of life, for those who follow an account. */
import type { EntityManager } from 'typeorm';
import { formatInstant } from '../../platform/clock.ts';
import type { PulseRow } from '../../platform/events/pulse-reader.ts';

/** Live sessions whose last sign of life is behind `after`, in the order of those signs (index sessions_newest). */
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
      lastHeartbeat: formatInstant(Number(row.lastHeartbeat)),
      updatedAt: formatInstant(Number(row.updatedAt)),
    },
  }));
}
