import type { EntityManager } from 'typeorm';
import { type LivenessContext, lastSeenCutoff, liveSql, silentSinceSql } from './liveness.ts';

/** The count stops here, so that a scrape stays cheap. */
const MAX_COUNTED = 100_000;

/**
 * How many sessions of all accounts are live, and how many of these are stale. The query reads one range of the index
 * sessions_newest per account, so archived and complete sessions cost nothing.
 */
export async function countLiveSessions(
  manager: EntityManager,
  { now, staleAfterMs }: LivenessContext,
): Promise<{ live: number; stale: number }> {
  const rows = await manager.query<{ live: number | string; stale: number | string | null }[]>(
    `SELECT COUNT(*) AS live, SUM(CASE WHEN ${silentSinceSql()} THEN 1 ELSE 0 END) AS stale FROM (
       SELECT s.updatedAt AS updatedAt FROM accounts a CROSS JOIN sessions s
       WHERE s.accountId = a.accountId AND ${liveSql('s.')} LIMIT ${MAX_COUNTED}
     ) AS live_sessions`,
    [lastSeenCutoff(now, staleAfterMs)],
  );
  return { live: Number(rows[0]?.live ?? 0), stale: Number(rows[0]?.stale ?? 0) };
}
