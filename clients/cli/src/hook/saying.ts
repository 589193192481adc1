/** What a moment of a session says to the server. Pure. */
import type { Heard } from './heard.ts';
import type { Moment } from './moments.ts';
import { line, paragraph } from './words.ts';

/** What is remembered of a session between its hooks. */
export interface Notes {
  /** The last prompt, in one line. */
  readonly prompt: string | null;
  readonly answer: string | null;
  /** It told the server that it is blocked. */
  readonly blocked: boolean;
  /** It asked for a successor because its context was full. */
  readonly asked: boolean;
  /** How large the transcript was when the context was last compacted. */
  readonly compactedAt: number;
}

/** Where the work stood, as far as the hooks know. */
export interface Handoff {
  readonly prompt: string | null;
  readonly answer: string | null;
}

/** The change of a session that a moment makes. */
export interface Saying {
  readonly status: string;
  readonly state?: 'working' | 'blocked' | 'complete';
  readonly handoffRequired?: boolean;
  readonly contextBytes?: number;
  readonly handoff?: Handoff;
}

export interface Told {
  readonly moment: Moment;
  readonly heard: Heard;
  readonly notes: Notes;
  /** How large the transcript is now, in bytes; null when there is none. */
  readonly transcriptBytes: number | null;
  /** False keeps every word of prompts, answers and questions on this machine. */
  readonly words: boolean;
}

/** A state is sent only where it changes: a session that a person pinned stays pinned. */
export function sayingOf({ moment, heard, notes, transcriptBytes, words }: Told): Saying {
  const context = transcriptBytes === null ? {} : { contextBytes: usedBytes(transcriptBytes, notes.compactedAt) };
  const goesOn = {
    ...context,
    ...(notes.blocked && { state: 'working' as const }),
    ...(notes.asked && { handoffRequired: false }),
  };
  const handoff = words ? { handoff: handoffOf(heard, notes) } : {};
  const task = words && notes.prompt !== null ? notes.prompt : 'Working';
  switch (moment) {
    case 'start':
      return { ...goesOn, status: STARTED[heard.cause ?? ''] ?? 'Started' };
    case 'prompt':
      return { ...goesOn, status: (words && line(heard.prompt ?? '')) || 'Working' };
    case 'tool':
      return { ...goesOn, status: line(`${line(task, 150)}${heard.tool === null ? '' : ` · ${heard.tool}`}`) };
    case 'ask':
      return { ...context, state: 'blocked', status: (words && line(heard.question ?? '')) || 'Waits for its user' };
    case 'compact':
      // Asked for is a successor only when the window is full; a person who compacts goes on.
      return {
        ...context,
        ...handoff,
        status: 'Compacting its context',
        ...(heard.cause === 'auto' && { handoffRequired: true }),
      };
    case 'stop':
      return { ...goesOn, ...handoff, status: line(`Turn done. ${words ? (heard.answer ?? '') : ''}`) };
    case 'end':
      return {
        ...context,
        ...handoff,
        state: 'complete',
        status: heard.cause === null ? 'Ended' : line(`Ended: ${heard.cause}`),
      };
  }
}

const STARTED: Readonly<Record<string, string>> = {
  resume: 'Resumed',
  clear: 'Started anew',
  compact: 'Goes on with a compacted context',
};

/** A transcript only grows; what was written since the last compaction is about what the window holds. */
const usedBytes = (transcriptBytes: number, compactedAt: number): number =>
  transcriptBytes >= compactedAt ? transcriptBytes - compactedAt : transcriptBytes;

const handoffOf = (heard: Heard, notes: Notes): Handoff => {
  const answer = heard.answer === null ? notes.answer : paragraph(heard.answer, 1_500);
  return { prompt: heard.prompt === null ? notes.prompt : line(heard.prompt, 500), answer };
};

/** A notification that asks nothing of anybody. */
export const asksNothing = ({ kind }: Heard): boolean => kind === 'auth_success';
