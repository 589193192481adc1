/** What a session needs of a person, and who comes first. Pure. */
import { isLive, type SessionSigns } from './session-signs.ts';

export type Need = 'blocked' | 'handoff' | 'stuck' | 'stale';

/** The most pressing first: an agent that waits for an answer stands still; a silent one may already be gone. */
const ORDER: readonly Need[] = ['blocked', 'handoff', 'stuck', 'stale'];

/** What a session needs, the most pressing first; nothing when it gets on by itself. */
export function needsOf(session: SessionSigns): readonly Need[] {
  if (!isLive(session)) return [];
  const has: Record<Need, boolean> = {
    blocked: session.state === 'blocked',
    handoff: session.handoffRequired,
    stuck: session.stuck && !session.stale,
    stale: session.stale,
  };
  return ORDER.filter((need) => has[need]);
}

/** The place of a need in the queue; whoever needs nothing comes last. */
export const urgency = (needs: readonly Need[]): number => (needs[0] ? ORDER.indexOf(needs[0]) : ORDER.length);

/** The sessions that need somebody: the most pressing first, then whoever waits longest. */
export function queueOf(sessions: Iterable<SessionSigns>): SessionSigns[] {
  return [...sessions]
    .map((session) => ({ session, urgency: urgency(needsOf(session)) }))
    .filter((each) => each.urgency < ORDER.length)
    .sort(
      (a, b) =>
        a.urgency - b.urgency ||
        Date.parse(a.session.lastProgressAt) - Date.parse(b.session.lastProgressAt) ||
        (a.session.sessionId < b.session.sessionId ? -1 : 1),
    )
    .map(({ session }) => session);
}
