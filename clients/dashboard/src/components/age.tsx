/** How long ago something was. Ticks by itself; screen readers are told when they come by, not at every tick. */

import { now } from '../live/clock.ts';
import { formatAge } from '../live/format-age.ts';

interface AgeProps {
  /** In milliseconds, or as the server writes it. */
  readonly at: number | string;
}

export function Age({ at }: AgeProps) {
  const timestamp = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time class="numeric" dateTime={new Date(timestamp).toISOString()} title={new Date(timestamp).toLocaleString()}>
      {formatAge(now.value - timestamp)}
    </time>
  );
}

/** A moment as people here write it. */
export const Timestamp = ({ at }: { readonly at: string }) => (
  <time class="numeric" dateTime={at} title={at}>
    {new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
  </time>
);
