/** What one follower is shown of an account's events. Followers with the same view share the bytes that they are sent. */
import type { Principal } from '../principal.ts';
import type { Frame } from './frame.ts';
import { type EventFilter, matchesFilter, maySee, type SessionPulse } from './rules.ts';

export interface EventView {
  /** The same for all followers that are shown the same. */
  readonly key: string;
  readonly wantsPulses: boolean;
  /** What is shown of these frames behind `after`; empty when it is nothing. */
  encode(frames: readonly Frame[], after: number): Buffer | string;
  filterPulses(pulses: readonly SessionPulse[]): readonly SessionPulse[];
}

export function createView(
  { role, programId }: Principal,
  filter: EventFilter & { readonly pulse: boolean },
): EventView {
  const reader = { role, programId };
  return {
    key: JSON.stringify([role === 'program' ? programId : null, filter.programId, filter.kinds?.toSorted()]),
    wantsPulses: filter.pulse,
    encode(frames, after) {
      const shown = frames.filter(
        ({ sequence, event }) => sequence > after && matchesFilter(event, filter) && maySee(reader, event),
      );
      return shown.length === 0 ? '' : Buffer.from(shown.map(({ text }) => text).join(''));
    },
    filterPulses: (pulses) =>
      filter.programId === undefined ? pulses : pulses.filter((pulse) => pulse.programId === filter.programId),
  };
}
