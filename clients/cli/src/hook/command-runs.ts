/** The last commands of a session and how they ended, as its tools report them: a line each, appended by whichever hook hears. */
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { components } from '@fleetbeat/client';
import { ensureFolder, writeFileAtomic } from './atomic-file.ts';
import { type Fields, readCommand } from './tool-call.ts';
import { truncateLine } from './truncate.ts';

export type CommandRun = components['schemas']['CommandRun'];

const MAX_RUNS = 10;
const MAX_COMMAND_LENGTH = 300;
/** Beyond this the older lines are dropped. */
const MAX_FILE_BYTES = 64 * 1024;

const runsFile = (folder: string): string => join(folder, 'commands');

/** A line is far shorter than what the system appends at once, so that lines of several hooks do not mix. */
export function recordRun(folder: string, run: CommandRun): void {
  const file = runsFile(folder);
  ensureFolder(folder, () => appendFileSync(file, `${JSON.stringify(run)}\n`, { mode: 0o600 }));
  if (statSync(file).size > MAX_FILE_BYTES)
    writeFileAtomic(
      file,
      readRuns(folder)
        .map((each) => `${JSON.stringify(each)}\n`)
        .join(''),
    );
}

/** The newest ten, the newest last. */
export function readRuns(folder: string): CommandRun[] {
  try {
    const lines = readFileSync(runsFile(folder), 'utf8').split('\n').filter(Boolean).slice(-MAX_RUNS);
    return lines.map((line) => JSON.parse(line) as CommandRun);
  } catch {
    return [];
  }
}

/**
 * Null for a tool that ran no command. Claude Code reports a failure as an event of its own, Gemini CLI in what its model
 * gets, and Codex not at all.
 */
export function toCommandRun(event: Fields, eventName: string): CommandRun | null {
  const words = readCommand(event);
  if (words === null) return null;
  const command = truncateLine(words, MAX_COMMAND_LENGTH);
  if (event['is_interrupt'] === true) return { command, outcome: 'interrupted', exitCode: null };
  const response = event['tool_response'];
  const errorText = typeof event['error'] === 'string' ? event['error'] : getText(response, 'llmContent');
  const exitCode = toExitCode(errorText);
  if (eventName === 'PostToolUseFailure' || (exitCode !== null && exitCode !== 0))
    return { command, outcome: 'failed', exitCode };
  // Codex gives the output alone.
  return typeof response === 'object' && response !== null
    ? { command, outcome: 'succeeded', exitCode: 0 }
    : { command, outcome: 'unknown', exitCode: null };
}

const getText = (value: unknown, name: string): string => {
  const text = typeof value === 'object' && value !== null ? (value as Fields)[name] : undefined;
  return typeof text === 'string' ? text : '';
};

/** Behind the output, which may say the same words, Gemini CLI tells the code; Claude Code in front of it. */
function toExitCode(text: string): number | null {
  const found = [...text.matchAll(/^Exit code:? (-?\d{1,9})\s*$/gim)].at(-1);
  return found ? Number(found[1]) : null;
}
