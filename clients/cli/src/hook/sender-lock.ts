/** At most one sender per program: a lock file that names the process, and that the holder keeps touching. */
import { readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deleteFile, ensureFolder } from './atomic-file.ts';

/** A holder that has not touched it for this long is dead or hangs: each request ends sooner. */
const LOCK_TIMEOUT_MS = 60_000;

export interface SenderLock {
  touch(): void;
  release(): void;
}

/** Null while another process sends. Two senders would only disturb the order: sending an event twice changes nothing. */
export function acquireSenderLock(folder: string): SenderLock | null {
  const file = join(folder, 'sender.lock');
  if (!tryCreate(folder, file) && !(removeStaleLock(file) && tryCreate(folder, file))) return null;
  return {
    touch: () => utimesSync(file, new Date(), new Date()),
    release: () => deleteFile(file),
  };
}

function tryCreate(folder: string, file: string): boolean {
  try {
    ensureFolder(folder, () => writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 }));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock that nobody holds any more. Of several processes that try, one succeeds. */
function removeStaleLock(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    if (age < LOCK_TIMEOUT_MS && isAlive(Number(readFileSync(file, 'utf8')))) return false;
    const staleFile = `${file}.${process.pid}`;
    renameSync(file, staleFile);
    deleteFile(staleFile);
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
