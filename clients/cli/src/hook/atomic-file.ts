/** Files that several processes write at once: each is there as a whole or not at all, and nobody else may read it. */
import { mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

let draftCount = 0;

/** Puts the text in place of whatever is there, with mode 600. */
export function writeFileAtomic(file: string, text: string): void {
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.${++draftCount}`);
  ensureFolder(dirname(file), () => writeFileSync(draft, text, { flag: 'wx', mode: 0o600 }));
  renameSync(draft, file);
}

/** Makes the folder, with mode 700, only when it turns out to be missing. */
export function ensureFolder<Result>(folder: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return action();
  }
}

/** Another process may have been faster. */
export function deleteFile(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
