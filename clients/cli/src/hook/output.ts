/** What a hook tells its agent. */
import { fstatSync } from 'node:fs';
import type { HookClient } from './lifecycle-events.ts';

/** Making a stream of it takes longer than a hook that prints nothing should. */
const STDOUT = 1;

/** Connections of earlier versions send the output of some hooks to /dev/null: what nobody reads must not count as told. */
export function isOutputRead(): boolean {
  try {
    return !fstatSync(STDOUT).isCharacterDevice();
  } catch {
    return false;
  }
}

/** Resolves when the line was handed over; rejects when nobody reads it any longer. */
export const printOutput = (line: string): Promise<void> => print(process.stdout, line);

/** The same to standard error, which an agent reads of a hook that wakes it. */
export const printError = (text: string): Promise<void> => print(process.stderr, text);

function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    stream.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

/** Text for the agent's context, as the output of a hook of its client. */
export const toHookOutput = (client: HookClient, text: string, hookEventName = 'SessionStart'): string =>
  JSON.stringify(
    client === 'cursor'
      ? { additional_context: text }
      : { hookSpecificOutput: { hookEventName, additionalContext: text } },
  );
