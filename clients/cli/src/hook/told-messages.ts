/**
 * Which messages a session was told: once each, of all the hooks that run at once, and at least once, wherever one is killed.
 * A hook claims a message before it prints it and confirms it afterwards; the claim of one that died is void.
 */
import { closeSync, linkSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deleteFile, ensureFolder } from './atomic-file.ts';

/** A hook prints within a second; a number that is used by another process meanwhile must not keep a claim. */
const CLAIM_TIMEOUT_MS = 30_000;
/** A claim is created and then written: one that still names no process after this was left by one that died in between. */
const EMPTY_CLAIM_TIMEOUT_MS = 2_000;

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
export function confirm(folder: string, id: string): void {
  markTold(folder, id);
  deleteFile(claimFile(folder, id));
}

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
  const own = `${file}.${process.pid}.void`;
  try {
    renameSync(file, own);
    // Between the look and the renaming another may have put a claim of its own in the place of the void one.
    const isStillVoid = isVoid(own);
    if (!isStillVoid) linkSync(own, file);
    return isStillVoid;
  } catch {
    return false;
  } finally {
    deleteFile(own);
  }
}

/** Of a process that has died; or an old one, whose number may be another process's by now. */
function isVoid(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const pid = Number(readFileSync(file, 'utf8'));
    return age > CLAIM_TIMEOUT_MS || (pid > 0 ? !isAlive(pid) : age > EMPTY_CLAIM_TIMEOUT_MS);
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
