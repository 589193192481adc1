/** What a session needs of a person, and who comes first. Pure. */
import { isLive, type SessionSnapshot } from './session-snapshot.ts';

export type Need = 'blocked' | 'handoff' | 'stuck' | 'stale';

/** The most pressing first: an agent that waits for an answer stands still; a silent one may already be gone. */
const NEEDS_BY_URGENCY: readonly Need[] = ['blocked', 'handoff', 'stuck', 'stale'];

/** What a session needs, the most pressing first; nothing when it gets on by itself. */
export function getNeeds(session: SessionSnapshot): readonly Need[] {
  if (!isLive(session)) return [];
  const has: Record<Need, boolean> = {
    blocked: session.state === 'blocked',
    handoff: session.handoffRequired,
    stuck: session.stuck && !session.stale,
    stale: session.stale,
  };
  return NEEDS_BY_URGENCY.filter((need) => has[need]);
}

/** The place of a need in the queue; whoever needs nothing comes last. */
export const urgency = (needs: readonly Need[]): number =>
  needs[0] ? NEEDS_BY_URGENCY.indexOf(needs[0]) : NEEDS_BY_URGENCY.length;

/** The sessions that need somebody: the most pressing first, then whoever waits longest. */
export function buildAttentionQueue(sessions: Iterable<SessionSnapshot>): SessionSnapshot[] {
  return [...sessions]
    .map((session) => ({ session, urgency: urgency(getNeeds(session)) }))
    .filter((each) => each.urgency < NEEDS_BY_URGENCY.length)
    .sort(
      (a, b) =>
        a.urgency - b.urgency ||
        Date.parse(a.session.lastProgressAt) - Date.parse(b.session.lastProgressAt) ||
        (a.session.sessionId < b.session.sessionId ? -1 : 1),
    )
    .map(({ session }) => session);
}
