/** The change of a session that a lifecycle event makes. Pure. */

import type { CommandRun } from './command-runs.ts';
import type { ContextUse } from './context-use.ts';
import { type Handover, toAnswer, toPrompt } from './handover.ts';
import type { LifecycleEvent } from './lifecycle-events.ts';
import type { HookPayload } from './payload.ts';
import { truncateLine } from './truncate.ts';

/** What is remembered of a session between its hooks. */
export interface SessionNotes {
  /** The last prompt, in one line. */
  readonly prompt: string | null;
  readonly answer: string | null;
  /** Its last commands, the newest last. */
  readonly commands: readonly CommandRun[];
  /** The server was told that it is blocked. */
  readonly blocked: boolean;
  /** It asked for a successor because its context was full. */
  readonly asked: boolean;
  /** The size of the transcript at the last compaction. */
  readonly compactedAt: number;
}

/** The change that one lifecycle event makes. */
export interface SessionUpdate {
  readonly status: string;
  readonly state?: 'working' | 'blocked' | 'complete';
  readonly handoffRequired?: boolean;
  /** The turn has ended, and the agent waits for its person. */
  readonly idle?: boolean;
  readonly contextBytes?: number;
  readonly contextLimitBytes?: number;
  readonly contextUsedPercent?: number;
  /** Without the working tree and the tasks, which take longer to find out. */
  readonly handover?: Handover;
}

export interface LifecycleContext {
  readonly lifecycleEvent: LifecycleEvent;
  readonly payload: HookPayload;
  readonly notes: SessionNotes;
  /** The size of the transcript in bytes; null when there is none. */
  readonly transcriptBytes: number | null;
  /** What the agent itself recorded of its context; null when it recorded nothing since the last compaction. */
  readonly contextUse: ContextUse | null;
  /** What the session has cost, by its agent's own count; null when it does not say. */
  readonly costUsd: number | null;
  /** False keeps every word of prompts, answers and questions on this machine. */
  readonly words: boolean;
}

/** A state is sent only where it changes: a session that a person pinned stays pinned. */
export function toSessionUpdate({
  lifecycleEvent,
  payload,
  notes,
  transcriptBytes,
  contextUse,
  costUsd,
  words,
}: LifecycleContext): SessionUpdate {
  const context = toContextSizes(contextUse, transcriptBytes, notes);
  const resumed = {
    ...context,
    ...(notes.blocked && { state: 'working' as const }),
    ...(notes.asked && { handoffRequired: false }),
  };
  const handover = words
    ? { handover: { ...toHandover(payload, notes, context.contextUsedPercent), ...(costUsd !== null && { costUsd }) } }
    : {};
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
      if (payload.kind === IDLE) return { ...resumed, idle: true, status: 'Waits for its user' };
      return {
        ...context,
        state: 'blocked',
        status: (words && truncateLine(payload.question ?? '')) || 'Waits for its user',
      };
    case 'compact':
      // Asked for is a successor only when the window is full; a person who compacts goes on.
      return {
        ...context,
        ...handover,
        status: 'Compacting its context',
        ...(payload.cause === 'auto' && { handoffRequired: true }),
      };
    case 'compacted':
      return { ...resumed, status: 'Goes on with a compacted context' };
    case 'interrupt':
      return { ...resumed, status: truncateLine(`Interrupted: ${task}`) };
    case 'stop':
      if (payload.failure !== null)
        return {
          ...resumed,
          ...handover,
          idle: true,
          status: truncateLine(`Turn failed: ${words ? payload.failure : ''}`),
        };
      return {
        ...resumed,
        ...handover,
        idle: true,
        status: truncateLine(`Turn done. ${words ? (payload.answer ?? '') : ''}`),
      };
    case 'end':
      return {
        ...context,
        ...handover,
        state: 'complete',
        status: payload.cause === null ? 'Ended' : truncateLine(`Ended: ${payload.cause}`),
      };
  }
}

export const RESUMED = 'Resumed';
const START_STATUSES: Readonly<Record<string, string>> = {
  resume: RESUMED,
  clear: 'Started anew',
  compact: 'Goes on with a compacted context',
};

/** The server takes bytes; both sizes are scaled alike, so that the percentage is that of the tokens. */
const BYTES_PER_TOKEN = 4;

type ContextSizes = Pick<SessionUpdate, 'contextBytes' | 'contextLimitBytes' | 'contextUsedPercent'>;

function toContextSizes(use: ContextUse | null, transcriptBytes: number | null, notes: SessionNotes): ContextSizes {
  if (use !== null) {
    const { usedTokens, windowTokens } = use;
    const limit =
      windowTokens === null
        ? {}
        : {
            contextLimitBytes: windowTokens * BYTES_PER_TOKEN,
            contextUsedPercent: toPercent(usedTokens / windowTokens),
          };
    return { contextBytes: usedTokens * BYTES_PER_TOKEN, ...limit };
  }
  return transcriptBytes === null ? {} : { contextBytes: usedBytes(transcriptBytes, notes.compactedAt) };
}

const toPercent = (part: number): number => Math.min(100, Math.round(part * 1_000) / 10);

/** A transcript only grows, so what was written since the last compaction is roughly what the window holds. */
const usedBytes = (transcriptBytes: number, compactedAt: number): number =>
  transcriptBytes >= compactedAt ? transcriptBytes - compactedAt : transcriptBytes;

function toHandover(payload: HookPayload, notes: SessionNotes, contextUsedPercent: number | undefined): Handover {
  const prompt = payload.prompt ?? notes.prompt;
  const answer = payload.answer ?? notes.answer;
  return {
    ...(prompt && { lastPrompt: toPrompt(prompt) }),
    ...(answer && { lastAnswer: toAnswer(answer) }),
    ...(notes.commands.length > 0 && { lastCommands: [...notes.commands] }),
    ...(contextUsedPercent !== undefined && { contextUsedPercent }),
  };
}

/** The kind of the notification that an agent waits for its next prompt. */
export const IDLE = 'idle_prompt';

/** A notification that asks nobody anything. */
export const isInformational = ({ kind }: HookPayload): boolean => kind === 'auth_success';
