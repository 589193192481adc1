/** The rules of fleet health. Pure functions. */
import { DAY, HOUR, MINUTE, SECOND } from '../../platform/clock.ts';
import { isAlive, isIdle, isStale, isStuck, type LivenessContext, type SessionRow } from '../sessions/index.ts';

const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
] as const;

/** An age in its largest whole unit, rounded down: 45s, 2m, 17m, 3h, 2d. */
export function formatAge(ageMs: number): string {
  const [unit, size] = UNITS.find(([, ms]) => ageMs >= ms) ?? ['s', SECOND];
  return `${Math.floor(ageMs / size)}${unit}`;
}

/** Of the live sessions of a program. */
export interface SessionCounts {
  /** All of them, stale ones included. */
  readonly live: number;
  /** Those that were heard of lately. */
  readonly active: number;
  /** Those that are silent because they wait for their person. */
  readonly idle: number;
}

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

/**
 * `healthy`: a session is alive. `stale`: a live one is silent. `idle`: those that are silent wait for their person. `offline`:
 * no session is live.
 */
export function getHealth({ live, active, idle }: SessionCounts): 'healthy' | 'stale' | 'idle' | 'offline' {
  if (active > 0) return 'healthy';
  if (live > idle) return 'stale';
  return live > 0 ? 'idle' : 'offline';
}
