import type { EntityManager } from 'typeorm';

/** Beyond this many live sessions the count stands still: a scrape must stay cheap. */
const MAX_COUNTED = 100_000;

/**
 * Live sessions of all accounts. From the accounts on each step is one range of the index sessions_newest, so archived
 * and complete sessions cost nothing.
 */
export async function countLiveSessions(
  manager: EntityManager,
  since: number,
): Promise<{ live: number; stale: number }> {
  const rows = await manager.query<{ live: number | string; stale: number | string | null }[]>(
    `SELECT COUNT(*) AS live, SUM(CASE WHEN updatedAt < ? THEN 1 ELSE 0 END) AS stale FROM (
       SELECT s.updatedAt AS updatedAt FROM accounts a CROSS JOIN sessions s
       WHERE s.accountId = a.accountId AND s.archived = 0 AND s.state IN ('working', 'blocked', 'pinned') LIMIT ${MAX_COUNTED}
     ) AS live_sessions`,
    [since],
  );
  return { live: Number(rows[0]?.live ?? 0), stale: Number(rows[0]?.stale ?? 0) };
}
