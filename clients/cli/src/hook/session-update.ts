/** What a moment of a session says to the server. Pure. */

import type { LifecycleEvent } from './lifecycle-events.ts';
import type { HookPayload } from './payload.ts';
import { truncateLine, truncateText } from './truncate.ts';

/** What is remembered of a session between its hooks. */
export interface SessionNotes {
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
export interface SessionUpdate {
  readonly status: string;
  readonly state?: 'working' | 'blocked' | 'complete';
  readonly handoffRequired?: boolean;
  readonly contextBytes?: number;
  readonly handoff?: Handoff;
}

export interface LifecycleContext {
  readonly lifecycleEvent: LifecycleEvent;
  readonly payload: HookPayload;
  readonly notes: SessionNotes;
  /** How large the transcript is now, in bytes; null when there is none. */
  readonly transcriptBytes: number | null;
  /** False keeps every word of prompts, answers and questions on this machine. */
  readonly words: boolean;
}

/** A state is sent only where it changes: a session that a person pinned stays pinned. */
export function toSessionUpdate({
  lifecycleEvent,
  payload,
  notes,
  transcriptBytes,
  words,
}: LifecycleContext): SessionUpdate {
  const context = transcriptBytes === null ? {} : { contextBytes: usedBytes(transcriptBytes, notes.compactedAt) };
  const resumed = {
    ...context,
    ...(notes.blocked && { state: 'working' as const }),
    ...(notes.asked && { handoffRequired: false }),
  };
  const handoff = words ? { handoff: toHandoff(payload, notes) } : {};
  const task = words && notes.prompt !== null ? notes.prompt : 'Working';
  switch (lifecycleEvent) {
    case 'start':
      return { ...resumed, status: START_STATUSES[payload.cause ?? ''] ?? 'Started' };
    case 'prompt':
      return { ...resumed, status: (words && truncateLine(payload.prompt ?? '')) || 'Working' };
    case 'tool':
      return {
        ...resumed,
        status: truncateLine(`${truncateLine(task, 150)}${payload.tool === null ? '' : ` · ${payload.tool}`}`),
      };
    case 'ask':
      return {
        ...context,
        state: 'blocked',
        status: (words && truncateLine(payload.question ?? '')) || 'Waits for its user',
      };
    case 'compact':
      // Asked for is a successor only when the window is full; a person who compacts goes on.
      return {
        ...context,
        ...handoff,
        status: 'Compacting its context',
        ...(payload.cause === 'auto' && { handoffRequired: true }),
      };
    case 'stop':
      return { ...resumed, ...handoff, status: truncateLine(`Turn done. ${words ? (payload.answer ?? '') : ''}`) };
    case 'end':
      return {
        ...context,
        ...handoff,
        state: 'complete',
        status: payload.cause === null ? 'Ended' : truncateLine(`Ended: ${payload.cause}`),
      };
  }
}

const START_STATUSES: Readonly<Record<string, string>> = {
  resume: 'Resumed',
  clear: 'Started anew',
  compact: 'Goes on with a compacted context',
};

/** A transcript only grows; what was written since the last compaction is about what the window holds. */
const usedBytes = (transcriptBytes: number, compactedAt: number): number =>
  transcriptBytes >= compactedAt ? transcriptBytes - compactedAt : transcriptBytes;

const toHandoff = (payload: HookPayload, notes: SessionNotes): Handoff => {
  const answer = payload.answer === null ? notes.answer : truncateText(payload.answer, 1_500);
  return { prompt: payload.prompt === null ? notes.prompt : truncateLine(payload.prompt, 500), answer };
};

/** A notification that asks nothing of anybody. */
export const isInformational = ({ kind }: HookPayload): boolean => kind === 'auth_success';
