/** Reads and replaces files of people: as a whole, and back to the byte. */
import {
  chmodSync,
  lstatSync,
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

/** Null when there is none. Throws `MalformedFileError` when it is no text in UTF-8. */
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

/**
 * Throws `MalformedFileError` for a file that a link leads to elsewhere: a cloned repository may hold links, and with one of
 * them a change of its `.claude/settings.json` would be a change of the person's own settings. `folder` is the project that
 * the file has to stay in; null for the person's own files, whose links are followed unless they lead nowhere.
 */
export function failIfLinkLeadsAway(file: string, folder: string | null): void {
  for (let at = file; at !== dirname(at) && at !== folder; at = dirname(at)) {
    if (!lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    const target = getRealPath(at);
    if (target === null) throw new MalformedFileError(`${at} is a link that leads nowhere`);
    if (folder !== null && !`${target}/`.startsWith(`${realpathSync(folder)}/`))
      throw new MalformedFileError(`${at} is a link that leads out of the project, to ${target}`);
  }
}

function getRealPath(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}

export const getFileMode = (file: string): number | null => {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? stats.mode & 0o777 : null;
};

/**
 * Replaces the file at once, keeping its mode. A link stays a link: its target is replaced. Returns the folders that were
 * created, the innermost first.
 */
export function replaceFile(file: string, text: string, mode?: number): readonly string[] {
  const made = createFolders(dirname(file));
  const real = getFileMode(file) === null ? file : realpathSync(file);
  const draft = join(dirname(real), `.${basename(real)}.${process.pid}.new`);
  const fileMode = mode ?? getFileMode(real);
  writeFileSync(draft, text, { flag: 'wx', ...(fileMode !== null && { mode: fileMode }) });
  if (fileMode !== null) chmodSync(draft, fileMode);
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
