/** A short log for whoever wonders why nothing arrives. It never holds a key or a prompt. */
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from './keep-file.ts';
import { type Environment, stateFolder } from './places.ts';

const MOST_BYTES = 256 * 1024;

export const logFile = (environment: Environment): string => join(stateFolder(environment), 'hooks.log');

/** Never throws. A log that has grown too large becomes `hooks.log.1`, in place of the one before. */
export function log(environment: Environment, words: string): void {
  try {
    const file = logFile(environment);
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(file, `${file}.1`);
    const text = `${new Date().toISOString()} ${words.replace(/\s+/g, ' ').slice(0, 500)}\n`;
    inFolder(stateFolder(environment), () => appendFileSync(file, text, { mode: 0o600 }));
  } catch {
    // A full disk must not fail an agent.
  }
}
