/**
 * What hooks keep of a session: a folder with one small file for each field, so that hooks that run at once do not overwrite
 * each other's fields.
 */
import { closeSync, existsSync, openSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentProcess } from './agent-process.ts';
import { deleteFile, ensureFolder, writeFileAtomic } from './atomic-file.ts';
import { readRuns } from './command-runs.ts';
import type { StatusLineFacts } from './context-use.ts';
import { type Environment, stateFolder } from './paths.ts';
import { listDialogs } from './pending-dialogs.ts';
import type { SessionNotes } from './session-update.ts';

export type Field =
  | 'prompt'
  | 'answer'
  | 'earlierAnswer'
  | 'blocked'
  | 'asked'
  | 'compacted'
  | 'agent'
  | 'model'
  | 'seen'
  | 'alias'
  | 'automatic'
  | 'limited'
  | 'statusLine'
  | 'waiter'
  | 'inboxFailed'
  | 'inboxCursor'
  | 'idle'
  | 'folder'
  | 'killed'
  | 'ended';

/** The folder of all sessions of a program. */
export const sessionsFolder = (environment: Environment, programId: string): string =>
  join(stateFolder(environment), 'sessions', programId);

export class SessionCache {
  readonly folder: string;

  constructor(environment: Environment, programId: string, sessionId: string) {
    this.folder = join(sessionsFolder(environment, programId), sessionId);
  }

  read(field: Field): string | null {
    const file = join(this.folder, field);
    // Most are missing, and an error for each would cost more than the look.
    if (!existsSync(file)) return null;
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return null;
    }
  }

  /** Null removes the field. */
  write(field: Field, text: string | null): void {
    if (text === null) deleteFile(join(this.folder, field));
    else writeFileAtomic(join(this.folder, field), text);
  }

  readStatusLine(): StatusLineFacts | null {
    try {
      return JSON.parse(this.read('statusLine') ?? 'null') as StatusLineFacts | null;
    } catch {
      return null;
    }
  }

  /** The process of the agent, as the start has recorded it. */
  readAgent(): AgentProcess | null {
    try {
      return JSON.parse(this.read('agent') ?? 'null') as AgentProcess | null;
    } catch {
      return null;
    }
  }

  /** Forgets that the session is blocked, unless another dialog of it is open. */
  releaseBlock(): void {
    if (listDialogs(this.folder).length === 0) this.write('blocked', null);
  }

  readNotes(): SessionNotes {
    return {
      prompt: this.read('prompt'),
      answer: this.read('answer'),
      commands: readRuns(this.folder),
      blocked: this.read('blocked') !== null,
      asked: this.read('asked') !== null,
      compactedAt: Number(this.read('compacted') ?? 0),
    };
  }

  /**
   * True for exactly one of the hooks that call it within `everyMs`. The last beat is the time of a file, read and set under
   * a lock; a hook that finds the lock held is too late by definition.
   */
  claimHeartbeat(now: number, everyMs: number): boolean {
    const beat = join(this.folder, 'beat');
    const lock = join(this.folder, 'beat.lock');
    if (now - modifiedAt(beat) < everyMs) return false;
    if (!tryLock(this.folder, lock, now)) return false;
    try {
      if (now - modifiedAt(beat) < everyMs) return false;
      closeSync(openSync(beat, 'a', 0o600));
      utimesSync(beat, now / 1000, now / 1000);
      return true;
    } finally {
      deleteFile(lock);
    }
  }
}

/** A hook that was killed leaves its lock behind; a living one never holds it for this long. */
const LOCK_TIMEOUT_MS = 5_000;

function tryLock(folder: string, lock: string, now: number): boolean {
  try {
    closeSync(ensureFolder(folder, () => openSync(lock, 'wx', 0o600)));
    return true;
  } catch {
    if (Math.abs(now - modifiedAt(lock)) > LOCK_TIMEOUT_MS) deleteFile(lock);
    return false;
  }
}

/** The file's time in ms, or minus infinity when it is missing. A time in the future counts as missing. */
function modifiedAt(file: string): number {
  const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;
  return at > Date.now() + LOCK_TIMEOUT_MS ? Number.NEGATIVE_INFINITY : at;
}
