/** What a hook tells its agent. */
import { fstatSync } from 'node:fs';

/** Connections of earlier versions send the output of some hooks to /dev/null: what nobody reads must not count as told. */
export function isOutputRead(): boolean {
  try {
    return !fstatSync(process.stdout.fd).isCharacterDevice();
  } catch {
    return false;
  }
}

/** Resolves when the line was handed over. */
export const printOutput = (line: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${line}\n`, () => resolve()));

/** The same to standard error, which an agent reads of a hook that wakes it. */
export const printError = (text: string): Promise<void> =>
  new Promise((resolve) => process.stderr.write(`${text}\n`, () => resolve()));
