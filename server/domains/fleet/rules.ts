/** The rules of fleet health. Pure functions. */
import { DAY, HOUR, MINUTE, SECOND } from '../../platform/clock.ts';

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

/**
 * `healthy`: a session is alive. `stale`: a live one is silent. `idle`: those that are silent wait for their person. `offline`:
 * no session is live.
 */
export function getHealth({ live, active, idle }: SessionCounts): 'healthy' | 'stale' | 'idle' | 'offline' {
  if (active > 0) return 'healthy';
  if (live > idle) return 'stale';
  return live > 0 ? 'idle' : 'offline';
}
