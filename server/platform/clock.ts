/** The time by which everything is judged, in milliseconds since the epoch. Tests hand in one that they can move. */
export interface Clock {
  now(): number;
  /** Milliseconds since some moment: runs on evenly when `now` is set forward or back, and stands still in a suspended machine. */
  elapsed(): number;
}

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The contract's form of an instant (RFC 3339, UTC, with milliseconds). */
export const formatInstant = (ms: number): string => new Date(ms).toISOString();
export const formatInstantOrNull = (ms: number | null): string | null => (ms === null ? null : formatInstant(ms));
