/** Which of an account's events one follower is sent. Followers with the same view share the bytes. */
import type { Principal } from '../principal.ts';
import type { Frame } from './frame.ts';
import {
  type EventFilter,
  type EventSelection,
  matchesFilter,
  maySee,
  type SessionPulse,
  toSelection,
} from './rules.ts';

export interface EventView {
  /** Equal for followers that are sent the same. */
  readonly key: string;
  readonly wantsPulses: boolean;
  /** What to read from the database for it; `encode` drops the rest. */
  readonly selection: EventSelection;
  /** The bytes of those of the frames behind `after` that belong to the view; empty when none does. */
  encode(frames: readonly Frame[], after: number): Buffer | string;
  filterPulses(pulses: readonly SessionPulse[]): readonly SessionPulse[];
}

export function createView(
  { role, programId }: Principal,
  filter: EventFilter & { readonly pulse: boolean },
): EventView {
  const reader = { role, programId };
  return {
    key: JSON.stringify([role === 'program' ? programId : null, filter.programId, filter.types?.toSorted()]),
    wantsPulses: filter.pulse,
    selection: toSelection(reader, filter),
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
