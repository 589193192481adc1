/** Files that several processes write at once: each exists whole or not at all, readable by its owner only. */
import { mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

let draftCount = 0;

/** Replaces the file atomically, with mode 600. */
export function writeFileAtomic(file: string, text: string): void {
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.${++draftCount}`);
  ensureFolder(dirname(file), () => writeFileSync(draft, text, { flag: 'wx', mode: 0o600 }));
  renameSync(draft, file);
}

/** Runs the action again after creating the folder, with mode 700, if it was missing: usually it is not. */
export function ensureFolder<Result>(folder: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return action();
  }
}

/** No error when another process has deleted it before. */
export function deleteFile(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
