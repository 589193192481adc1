/** What a program's sessions say of it together: how many there are of each kind, and which one matters most. Pure. */
import { isAlive, isIdle, isStale, isStuck, type LivenessContext, type SessionRow } from '../sessions/index.ts';
import type { SessionCounts } from './rules.ts';

export const countSessions = (live: readonly SessionRow[], at: LivenessContext): SessionCounts => ({
  live: live.length,
  active: live.filter((session) => isAlive(session, at)).length,
  idle: live.filter((session) => isIdle(session) && !isAlive(session, at)).length,
});

/** The most urgent first, as the clients order sessions: blocked, stuck, asks for a successor, silent. 4 needs nobody. */
function rankNeed(session: SessionRow, at: LivenessContext): number {
  if (session.state === 'blocked') return 0;
  if (isStuck(session, at) && !session.handoffRequired) return 1;
  if (session.handoffRequired) return 2;
  return isStale(session, at) ? 3 : 4;
}

/**
 * The session that matters most of those that are live, or of those that have ended when none is: one that needs somebody,
 * then the one heard of last. Null without any.
 */
export const findMostImportant = (sessions: readonly SessionRow[], at: LivenessContext): SessionRow | null =>
  sessions.toSorted(
    (one, other) =>
      rankNeed(one, at) - rankNeed(other, at) ||
      other.updatedAt - one.updatedAt ||
      (one.sessionId < other.sessionId ? 1 : -1),
  )[0] ?? null;
