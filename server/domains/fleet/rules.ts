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

/** `healthy`: a session is alive. `stale`: every live session is stale. `offline`: no session is live. */
export const getHealth = ({ live, active }: { live: number; active: number }): 'healthy' | 'stale' | 'offline' =>
  active > 0 ? 'healthy' : live > 0 ? 'stale' : 'offline';
