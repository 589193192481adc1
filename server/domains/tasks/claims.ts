/** Whether a claim holds, in SQL: its session is alive. The TypeScript counterpart is `toTaskSnapshot` of queries.ts. */
import { aliveSql } from '../sessions/index.ts';

/** Tasks `t`, each with the session `s` that has claimed it. */
export const TASKS_WITH_CLAIMANT =
  'tasks t LEFT JOIN sessions s ON s.accountId = t.accountId AND s.sessionId = t.claimedSession';

/**
 * Each of the two takes one value: `staleCutoff`. COALESCE covers a session that is not there. It also
 * keeps the join an outer one, so that every database reads the tasks in the order of their index: as an inner join MariaDB
 * starts at an index of the sessions and sorts.
 */
export const CLAIM_HELD_SQL = `COALESCE(${aliveSql('s.')}, 0)`;
export const CLAIM_LAPSED_SQL = `NOT ${CLAIM_HELD_SQL}`;
