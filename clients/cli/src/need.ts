/** What of a session a person should look at, the most urgent first. */
import type { components } from '@fleetbeat/client';
import type { Paint } from './paint.ts';

export type Session = components['schemas']['Session'];

const NEEDS = ['blocked', 'stuck', 'stale', 'handoff', 'context', 'working', 'pinned', 'complete', 'archived'] as const;
export type Need = (typeof NEEDS)[number];

/** One word for a session: what it needs, or else what it is doing. */
export function getNeed(session: Session): Need {
  if (session.archived) return 'archived';
  if (session.state === 'complete') return 'complete';
  if (session.stale) return 'stale';
  if (session.state === 'blocked') return 'blocked';
  if (session.stuck) return 'stuck';
  if (session.handoffRequired) return 'handoff';
  if (session.handoffAdvised) return 'context';
  return session.state;
}

/** Whether somebody should do something about it. */
export const isUrgent = (need: Need): boolean => NEEDS.indexOf(need) < NEEDS.indexOf('working');

const { compare } = new Intl.Collator('en', { numeric: true });

/**
 * The most urgent first; of the same need those that have had it for the longest. Those that need nobody stand in the
 * order of their names, so that nothing jumps about while they work.
 */
export function compareByNeed(one: Session, other: Session): number {
  const need = NEEDS.indexOf(getNeed(one)) - NEEDS.indexOf(getNeed(other));
  if (need !== 0) return need;
  const longer = isUrgent(getNeed(one)) ? Date.parse(one.lastProgressAt) - Date.parse(other.lastProgressAt) : 0;
  return longer || compare(one.programId ?? '', other.programId ?? '') || compare(one.sessionId, other.sessionId);
}

export function needColour(need: Need, paint: Paint): (text: string) => string {
  if (need === 'blocked' || need === 'stuck') return paint.bad;
  if (need === 'stale' || need === 'handoff' || need === 'context') return paint.warn;
  return need === 'working' ? paint.good : paint.dim;
}
