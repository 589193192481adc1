/** Instants as their distance from now. */
import { formatDuration } from '@fleetbeat/client';

/** How long ago an instant was; empty for null. `now` is in milliseconds. */
export const formatAge = (instant: string | null, now: number): string =>
  instant === null ? '' : formatDuration(now - Date.parse(instant));

/** When something expires: `ends in 3h`, `has ended`, or `never ends` for null. */
export function formatExpiry(instant: string | null, now: number): string {
  if (instant === null) return 'never ends';
  const left = Date.parse(instant) - now;
  return left <= 0 ? 'has ended' : `ends in ${formatDuration(left)}`;
}
