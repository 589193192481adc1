/**
 * How full the context window is, from the agent's own record of the model's token counts. Each agent writes them into its
 * transcript; the size of that file tells far less, since it holds tool output that the window does not and the reverse.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { HookClient } from './lifecycle-events.ts';

export interface ContextUse {
  readonly usedTokens: number;
  /** Null when the agent does not say which window its model has. */
  readonly windowTokens: number | null;
}

/** What Claude Code tells its status line alone. */
export interface StatusLineFacts {
  readonly windowTokens: number | null;
  /** What the session has cost so far, by its own count. */
  readonly costUsd: number | null;
}

/** Enough for the last answers, and little enough to read at every event. */
const TAIL_BYTES = 256 * 1024;
const CLAUDE_WINDOW = 200_000;
/** The window of the models whose name ends in `[1m]`. */
const CLAUDE_LONG_WINDOW = 1_000_000;
const GEMINI_WINDOW = 1_048_576;

/**
 * Null when the transcript has no record since the last compaction, or none that can be read. `model` is the name that the
 * agent gave at its start; of Claude's it alone says which window it has, and `claude -p` does not give it. Never throws.
 */
export function readContextUse(client: HookClient, transcript: string | null, model: string | null): ContextUse | null {
  const reader = READERS[client];
  if (transcript === null || reader === undefined) return null;
  try {
    const lines = readTail(transcript).split('\n');
    return findContextUse(lines, (line) => reader(line, model));
  } catch {
    return null;
  }
}

/** With the window that the status line was told, which knows it of every model. */
export const withWindow = (use: ContextUse | null, told: StatusLineFacts | null): ContextUse | null =>
  use && { ...use, windowTokens: told?.windowTokens ?? use.windowTokens };

/** What a line says: nothing about it, the use, or that everything before it was compacted away. */
type LineReader = (line: Readonly<Record<string, unknown>>, model: string | null) => ContextUse | 'compacted' | null;

/** The newest record; exported for its test. */
export function findContextUse(
  lines: readonly string[],
  read: (line: Fields) => ReturnType<LineReader>,
): ContextUse | null {
  for (const text of lines.toReversed()) {
    const line = parseLine(text);
    const found = line && read(line);
    if (found === 'compacted') return null;
    if (found) return found;
  }
  return null;
}

export const READERS: Readonly<Partial<Record<HookClient, LineReader>>> = {
  'claude-code': (line, model) => {
    if (line['subtype'] === 'compact_boundary') return 'compacted';
    // Subagents have a window of their own.
    if (line['type'] !== 'assistant' || line['isSidechain'] === true) return null;
    const usage = at(line, 'message', 'usage');
    // As its own percentage, which leaves the last answer out.
    const inputs = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'];
    const usedTokens = inputs.reduce((sum, name) => sum + toNumber(usage[name]), 0);
    if (usedTokens === 0) return null;
    const isLong = model?.includes('[1m]') === true || usedTokens > CLAUDE_WINDOW;
    return { usedTokens, windowTokens: isLong ? CLAUDE_LONG_WINDOW : model === null ? null : CLAUDE_WINDOW };
  },
  codex: (line) => {
    if (line['type'] === 'compacted' || at(line, 'payload')['type'] === 'context_compacted') return 'compacted';
    const usedTokens = toNumber(at(line, 'payload', 'info', 'last_token_usage')['total_tokens']);
    const windowTokens = toNumber(at(line, 'payload', 'info')['model_context_window']);
    return usedTokens > 0 && windowTokens > 0 ? { usedTokens, windowTokens } : null;
  },
  gemini: (line) => {
    const usedTokens = toNumber(at(line, 'tokens')['input']) + toNumber(at(line, 'tokens')['output']);
    return usedTokens > 0 ? { usedTokens, windowTokens: GEMINI_WINDOW } : null;
  },
};

type Fields = Readonly<Record<string, unknown>>;

const at = (fields: Fields, ...path: readonly string[]): Fields =>
  path.reduce<Fields>((found, name) => toFields(found[name]), fields);

const toFields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const toNumber = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0);

/** Null for the line that the tail begins in the middle of, and for one that is still being written. */
function parseLine(text: string): Fields | null {
  try {
    return toFields(JSON.parse(text));
  } catch {
    return null;
  }
}

function readTail(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const length = Math.min(size, TAIL_BYTES);
    const buffer = Buffer.alloc(length);
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, length, size - length));
  } finally {
    closeSync(handle);
  }
}
