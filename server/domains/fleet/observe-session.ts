/** What a session shows of its program. Pure, given the rules of liveness. */
import { isAlive, isIdle, isLive, isStale, type LivenessContext, type SessionRow } from '../sessions/index.ts';
import { ACTIVITY } from './history-rules.ts';

export type ObservedSession = Pick<
  SessionRow,
  'state' | 'archived' | 'idleSince' | 'updatedAt' | 'lastHeartbeat' | 'completedAt' | 'completeReason'
>;

/** What the session shows in the quarter that began at `quarter`, as ACTIVITY bits. */
export function observeSession(session: ObservedSession, at: LivenessContext, quarter: number): number {
  const { completedAt, idleSince, updatedAt } = session;
  if (!isLive(session)) {
    const completed = completedAt !== null && completedAt >= quarter && session.completeReason !== 'killed';
    return completed ? ACTIVITY.worked : 0;
  }
  // A question waits for its person, whether or not its session is heard of meanwhile.
  if (session.state === 'blocked') return ACTIVITY.asked;
  if (isIdle(session)) {
    const endedTurnNow = idleSince !== null && idleSince >= quarter;
    return endedTurnNow ? ACTIVITY.idle | ACTIVITY.worked : ACTIVITY.idle;
  }
  if (isStale(session, at)) return ACTIVITY.silent;
  // Not heard of since an outage: nobody can tell yet what it does.
  return isAlive(session, at) && updatedAt >= at.upSince ? ACTIVITY.worked : 0;
}
