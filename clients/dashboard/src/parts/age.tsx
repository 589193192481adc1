/** How long ago something was. Ticks by itself; screen readers are told when they come by, not at every tick. */
import { ageText } from '../live/age.ts';
import { now } from '../live/clock.ts';

interface AgeProps {
  /** In milliseconds, or as the server writes it. */
  readonly at: number | string;
}

export function Age({ at }: AgeProps) {
  const moment = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time class="numeric" dateTime={new Date(moment).toISOString()} title={new Date(moment).toLocaleString()}>
      {ageText(now.value - moment)}
    </time>
  );
}

/** A moment as people here write it. */
export const Moment = ({ at }: { readonly at: string }) => (
  <time class="numeric" dateTime={at} title={at}>
    {new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
  </time>
);
