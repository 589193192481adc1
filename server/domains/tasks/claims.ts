/**
 * Whether a claim holds, as SQL over `tasks t LEFT JOIN sessions s`: the same as `isAlive` of sessions/life.ts. Each takes one
 * value, the moment before which a session that was last heard of is silent.
 */
export const TASKS_WITH_CLAIMANT =
  'tasks t LEFT JOIN sessions s ON s.accountId = t.accountId AND s.sessionId = t.claimedSession';

/** updatedAt is never before the heartbeat, so it is the last sign of life. */
export const CLAIM_HELD_SQL = "(s.archived = 0 AND s.state <> 'complete' AND s.successor IS NULL AND s.updatedAt >= ?)";

export const CLAIM_LAPSED_SQL =
  "(s.sessionId IS NULL OR s.archived <> 0 OR s.state = 'complete' OR s.successor IS NOT NULL OR s.updatedAt < ?)";
