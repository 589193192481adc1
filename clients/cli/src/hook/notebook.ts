/**
 * What is remembered of a session between its hooks: a folder with one small file for each thing, so that hooks that run
 * at once do not undo each other's.
 */
import { closeSync, openSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { dropFile, inFolder, keepFile } from './keep-file.ts';
import { type Environment, stateFolder } from './places.ts';
import type { Notes } from './saying.ts';

export type Page = 'prompt' | 'answer' | 'blocked' | 'asked' | 'compacted' | 'agent' | 'seen' | 'alias' | 'ended';

/** The folder of all sessions of a program. */
export const sessionsFolder = (environment: Environment, programId: string): string =>
  join(stateFolder(environment), 'sessions', programId);

export class Notebook {
  readonly #folder: string;

  constructor(environment: Environment, programId: string, sessionId: string) {
    this.#folder = join(sessionsFolder(environment, programId), sessionId);
  }

  read(page: Page): string | null {
    try {
      return readFileSync(join(this.#folder, page), 'utf8');
    } catch {
      return null;
    }
  }

  /** Null tears the page out. */
  write(page: Page, text: string | null): void {
    if (text === null) dropFile(join(this.#folder, page));
    else keepFile(join(this.#folder, page), text);
  }

  notes(): Notes {
    return {
      prompt: this.read('prompt'),
      answer: this.read('answer'),
      blocked: this.read('blocked') !== null,
      asked: this.read('asked') !== null,
      compactedAt: Number(this.read('compacted') ?? 0),
    };
  }

  /**
   * True for one of all the hooks that ask within `everyMs`. The beat is the time of a file; whoever holds the lock beside
   * it looks at that time, and sets it. Who finds the lock held is too late by definition.
   */
  mayBeat(now: number, everyMs: number): boolean {
    const beat = join(this.#folder, 'beat');
    const lock = join(this.#folder, 'beat.lock');
    if (now - timeOf(beat) < everyMs) return false;
    if (!tryLock(this.#folder, lock, now)) return false;
    try {
      if (now - timeOf(beat) < everyMs) return false;
      closeSync(openSync(beat, 'a', 0o600));
      utimesSync(beat, now / 1000, now / 1000);
      return true;
    } finally {
      dropFile(lock);
    }
  }
}

/** A hook that was killed while it held the lock leaves it; nobody holds it for as long as this. */
const HELD_AT_MOST_MS = 5_000;

function tryLock(folder: string, lock: string, now: number): boolean {
  try {
    closeSync(inFolder(folder, () => openSync(lock, 'wx', 0o600)));
    return true;
  } catch {
    if (Math.abs(now - timeOf(lock)) > HELD_AT_MOST_MS) dropFile(lock);
    return false;
  }
}

/** When the file was last set, in ms; long ago when it is not there. A time in the future counts as none. */
function timeOf(file: string): number {
  const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;
  return at > Date.now() + HELD_AT_MOST_MS ? Number.NEGATIVE_INFINITY : at;
}
