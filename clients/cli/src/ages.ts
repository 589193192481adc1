/** Lengths of time as people say them; like the server's heartbeatAge, rounded down. */

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** `45s`, `2m`, `3h`, `2d`; never below `0s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? ['s', 1];
  return `${Math.floor(seconds / size)}${unit}`;
}

/** How long ago an instant was, by the given clock; nothing for null. */
export const formatAge = (instant: string | null, now: number): string =>
  instant === null ? '' : formatDuration(now - Date.parse(instant));

/** When something ends that may have an end: `ends in 3h`, `has ended`, `never ends`. */
export function formatExpiry(instant: string | null, now: number): string {
  if (instant === null) return 'never ends';
  const left = Date.parse(instant) - now;
  return left <= 0 ? 'has ended' : `ends in ${formatDuration(left)}`;
}
