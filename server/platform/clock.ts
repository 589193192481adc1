/** The clocks of this process. Tests pass one that they can move. */
export interface SystemClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Monotonic milliseconds from an arbitrary origin: unaffected when `now` is adjusted, and paused while the machine is suspended. */
  elapsed(): number;
}

/** The only source of time on the server: the same for all servers of one database, as far as a database can tell. */
export interface Clock extends SystemClock {
  /**
   * Since when some server of this database has been able to hear its agents without a gap, in the time of `now`. The present
   * while nobody can tell: before that, silence means nothing.
   */
  upSince(): number;
}

export const systemClock: SystemClock = { now: () => Date.now(), elapsed: () => performance.now() };

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An instant as the contract writes it: RFC 3339, UTC, with milliseconds. */
export const formatInstant = (ms: number): string => new Date(ms).toISOString();
export const formatInstantOrNull = (ms: number | null): string | null => (ms === null ? null : formatInstant(ms));
