/** What one follower is shown of an account's events. Followers with the same view share the bytes that they are sent. */
import type { Principal } from '../context.ts';
import type { Frame } from './frame.ts';
import { type Filter, isAskedFor, maySee, type SessionPulse } from './rules.ts';

export interface View {
  /** The same for all followers that are shown the same. */
  readonly key: string;
  readonly wantsPulse: boolean;
  /** What is shown of these frames behind `after`; empty when it is nothing. */
  chunkOf(frames: readonly Frame[], after: number): Buffer | string;
  pulsesOf(pulses: readonly SessionPulse[]): readonly SessionPulse[];
}

export function viewOf({ role, programId }: Principal, filter: Filter & { readonly pulse: boolean }): View {
  const reader = { role, programId };
  return {
    key: JSON.stringify([role === 'program' ? programId : null, filter.programId, filter.kinds?.toSorted()]),
    wantsPulse: filter.pulse,
    chunkOf(frames, after) {
      const shown = frames.filter(
        ({ sequence, event }) => sequence > after && isAskedFor(event, filter) && maySee(reader, event),
      );
      return shown.length === 0 ? '' : Buffer.from(shown.map(({ text }) => text).join(''));
    },
    pulsesOf: (pulses) =>
      filter.programId === undefined ? pulses : pulses.filter((pulse) => pulse.programId === filter.programId),
  };
}
