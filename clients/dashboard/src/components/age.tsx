/** How long ago something was. Updates itself, without an announcement to screen readers at every tick. */
import { formatDuration } from '@fleetbeat/client';
import { now } from '../live/clock.ts';

interface AgeProps {
  /** In milliseconds, or as an ISO timestamp. */
  readonly at: number | string;
}

export function Age({ at }: AgeProps) {
  const timestamp = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time class="numeric" dateTime={new Date(timestamp).toISOString()} title={new Date(timestamp).toLocaleString()}>
      {formatDuration(now.value - timestamp)}
    </time>
  );
}

/** A moment in the format of the user's locale. */
export const Timestamp = ({ at }: { readonly at: string }) => (
  <time class="numeric" dateTime={at} title={at}>
    {new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
  </time>
);
