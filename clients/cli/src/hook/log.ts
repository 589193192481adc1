/** A short log that tells why nothing arrives. It never holds a key or a prompt. */
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder } from './atomic-file.ts';
import { type Environment, stateFolder } from './paths.ts';
import { truncateLine } from './truncate.ts';

const MAX_BYTES = 256 * 1024;

export const logFile = (environment: Environment): string => join(stateFolder(environment), 'hooks.log');

/** Never throws. A log beyond 256 kB is rotated to `hooks.log.1`. */
export function log(environment: Environment, message: string): void {
  try {
    const file = logFile(environment);
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.1`);
    const text = `${new Date().toISOString()} ${truncateLine(message, 500)}\n`;
    ensureFolder(stateFolder(environment), () => appendFileSync(file, text, { mode: 0o600 }));
  } catch {
    // A full disk must not fail an agent.
  }
}
