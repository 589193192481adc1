import type { EntityManager } from 'typeorm';
import { type LivenessContext, liveSql, notIdleSql, silentSinceSql, staleCutoff } from './liveness.ts';

/** The count stops here, so that a scrape stays cheap. */
const MAX_COUNTED = 100_000;

/**
 * How many sessions of all accounts are live, and how many of these are stale. Both read ranges of the index sessions_newest, so
 * archived and complete sessions cost nothing; only those of silent sessions are looked up in the table.
 */
export async function countLiveSessions(
  manager: EntityManager,
  at: LivenessContext,
): Promise<{ live: number; stale: number }> {
  const [row] = await manager.query<{ live: number | string; stale: number | string }[]>(
    `SELECT (${countSql(liveSql('s.'))}) AS live,
       (${countSql(`${liveSql('s.')} AND ${silentSinceSql('s.')} AND ${notIdleSql('s.')}`)}) AS stale`,
    [staleCutoff(at)],
  );
  return { live: Number(row?.live ?? 0), stale: Number(row?.stale ?? 0) };
}

const countSql = (condition: string): string =>
  `SELECT COUNT(*) FROM (SELECT s.updatedAt FROM accounts a CROSS JOIN sessions s
     WHERE s.accountId = a.accountId AND ${condition} LIMIT ${MAX_COUNTED}) AS counted`;
