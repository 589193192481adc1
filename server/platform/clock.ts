/** The only source of time on the server. Tests pass one that they can move. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Monotonic milliseconds from an arbitrary origin: unaffected when `now` is adjusted, and paused while the machine is suspended. */
  elapsed(): number;
}

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An instant as the contract writes it: RFC 3339, UTC, with milliseconds. */
export const formatInstant = (ms: number): string => new Date(ms).toISOString();
export const formatInstantOrNull = (ms: number | null): string | null => (ms === null ? null : formatInstant(ms));
