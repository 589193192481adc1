/** The files of a SQLite database: readable by their owner only, and checked to be the ones that were opened. */
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { getErrorCode } from './dialect.ts';

export const FILE_LOST_CODE = 'DATABASE_FILE_LOST';

const OWNER_ONLY = 0o600;
/** The database, its write-ahead log, and the index of the log. */
const SUFFIXES = ['', '-wal', '-shm'];
/** A commit is in one of these two. */
const CHECKED_SUFFIXES = ['', '-wal'];

/**
 * Creates the file if necessary and removes the access of group and others, whatever the umask. SQLite creates the other
 * files with the mode of the database. Calls `warn` where the file system or the owner of a file does not allow that.
 */
export function makePrivate(file: string, warn: (message: string) => void): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // Never opened when it exists: closing it would release the locks of another connection of this process.
    closeSync(openSync(file, 'wx', OWNER_ONLY));
  } catch (error) {
    if (getErrorCode(error) !== 'EEXIST') throw error;
  }
  for (const path of SUFFIXES.map((suffix) => file + suffix)) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile() || (stats.mode & 0o777) === OWNER_ONLY) continue;
    try {
      chmodSync(path, OWNER_ONLY);
    } catch (error) {
      warn(`${path} may be open to others, and its mode cannot be changed: ${(error as Error).message}`);
    }
  }
}

/** Detects that the files of an open database were removed or replaced: commits would then be lost with them. */
export class FileGuard {
  #opened: readonly string[] | null = null;
  #isLost = false;

  constructor(
    private readonly file: string,
    private readonly warn: (message: string) => void,
  ) {}

  /** Call it when both files exist. */
  remember(): void {
    this.#opened = this.#identify();
  }

  /** Throws while a file is not the one that was opened. Called before every operation, and takes about 5 µs. */
  check(): void {
    if (!this.#opened) return;
    const current = this.#identify();
    const index = current.findIndex((identity, position) => identity !== this.#opened?.[position]);
    if (index < 0) {
      if (this.#isLost) this.warn(`${this.file} is back`);
      this.#isLost = false;
      return;
    }
    const problem = `${this.file}${CHECKED_SUFFIXES[index]} was ${current[index] === '' ? 'removed' : 'replaced'} while the server had it open`;
    if (!this.#isLost) this.warn(`${problem}: nothing is read or written. Put it back, or restart the server`);
    this.#isLost = true;
    throw Object.assign(new Error(problem), { code: FILE_LOST_CODE });
  }

  #identify(): string[] {
    return CHECKED_SUFFIXES.map((suffix) => {
      const stats = statSync(this.file + suffix, { throwIfNoEntry: false });
      return stats ? `${stats.dev}:${stats.ino}` : '';
    });
  }
}
