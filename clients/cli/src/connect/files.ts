/** Files of people: read as they are, replaced as a whole, and put back to the byte. */
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MalformedFileError } from './edit-json.ts';

/** Null when there is none. Throws `Malformed` when it is no text in UTF-8. */
export function readTextFile(file: string): string | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new MalformedFileError((error as Error).message);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MalformedFileError('it is no text in UTF-8');
  }
}

export const getFileMode = (file: string): number | null => {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? stats.mode & 0o777 : null;
};

/**
 * Replaces the file at once, keeping its mode. A link stays a link: what it leads to is replaced. Returns the folders
 * that had to be made, the innermost first.
 */
export function replaceFile(file: string, text: string, mode?: number): readonly string[] {
  const made = createFolders(dirname(file));
  const real = getFileMode(file) === null ? file : realpathSync(file);
  const draft = join(dirname(real), `.${basename(real)}.${process.pid}.new`);
  const kept = mode ?? getFileMode(real);
  writeFileSync(draft, text, { flag: 'wx', ...(kept !== null && { mode: kept }) });
  if (kept !== null) chmodSync(draft, kept);
  renameSync(draft, real);
  return made;
}

/** Those that are empty. */
export function removeEmptyFolders(folders: readonly string[]): void {
  for (const folder of folders.toSorted((a, b) => b.length - a.length)) {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody else has put something there.
    }
  }
}

function createFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let at = folder; getFileMode(at) === null; at = dirname(at)) missing.push(at);
  mkdirSync(folder, { recursive: true });
  return missing;
}
