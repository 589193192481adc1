/**
 * Which messages a session was told: once each, of all the hooks that run at once, and at least once, wherever one is killed.
 * A hook claims a message before it prints it and confirms it afterwards; the claim of one that died is void.
 */
import { closeSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deleteFile, ensureFolder } from './atomic-file.ts';

/** A hook prints within a second; a number that is used by another process meanwhile must not keep a claim. */
const CLAIM_TIMEOUT_MS = 30_000;

const VALID_ID = /^[\w.:-]{1,100}$/;
const toldFile = (folder: string, id: string): string => join(folder, `told.${id}`);
const claimFile = (folder: string, id: string): string => join(folder, `telling.${id}`);

/** True for one of all the hooks that try, until it has died without confirming. */
export function claim(folder: string, id: string): boolean {
  if (!VALID_ID.test(id) || exists(toldFile(folder, id))) return false;
  const file = claimFile(folder, id);
  if (!tryCreate(folder, file) && !(removeVoid(file) && tryCreate(folder, file))) return false;
  // Another may have confirmed it between the two looks.
  if (!exists(toldFile(folder, id))) return true;
  deleteFile(file);
  return false;
}

/** It was handed to the agent. */
export const confirm = (folder: string, id: string): void => renameSync(claimFile(folder, id), toldFile(folder, id));

/** Whether it was handed to the agent. */
export const isConfirmed = (folder: string, id: string): boolean => exists(toldFile(folder, id));

/** Marks one that a start has shown. */
export function markTold(folder: string, id: string): void {
  if (VALID_ID.test(id)) ensureFolder(folder, () => closeSync(openSync(toldFile(folder, id), 'a', 0o600)));
}

/** Whether it needs not be told now: it was, or another hook is about to. */
export function isTaken(folder: string, id: string): boolean {
  return exists(toldFile(folder, id)) || (exists(claimFile(folder, id)) && !isVoid(claimFile(folder, id)));
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

/** True for one of those that find it void. */
function removeVoid(file: string): boolean {
  if (!isVoid(file)) return false;
  try {
    const own = `${file}.${process.pid}`;
    renameSync(file, own);
    deleteFile(own);
    return true;
  } catch {
    return false;
  }
}

/** An empty one was created a moment ago, unless it is old. */
function isVoid(file: string): boolean {
  try {
    if (Date.now() - statSync(file).mtimeMs > CLAIM_TIMEOUT_MS) return true;
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 && !isAlive(pid);
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

const exists = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;
