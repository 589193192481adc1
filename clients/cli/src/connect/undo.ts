/** Records what a connection has changed, for undo. Stored with mode 600: a file of a person may hold secrets. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deleteFile, writeFileAtomic } from '../hook/atomic-file.ts';
import { readJsonObject, stateFolder } from '../hook/paths.ts';
import { MalformedFileError } from './edit-json.ts';
import { readTextFile, removeEmptyFolders, replaceFile } from './files.ts';
import type { AgentLocation, Target } from './targets.ts';

export interface ChangedFile {
  readonly file: string;
  /** As it was before; null when there was none. */
  readonly before: string | null;
  readonly mode: number | null;
  /** SHA-256 of what was written. */
  readonly written: string;
  /** The folders that were created for it, innermost first. */
  readonly folders: readonly string[];
}

export interface UndoRecord {
  readonly programId: string;
  readonly changed: readonly ChangedFile[];
  /** Missing in records of version 0.1.0. */
  readonly place?: Pick<AgentLocation, 'agent' | 'scope' | 'folder'>;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const recordPath = ({ agent, scope, folder, environment }: AgentLocation): string => {
  const where = scope === 'user' ? 'user' : sha256(folder).slice(0, 16);
  return join(stateFolder(environment), '..', 'connect', `${agent}-${where}.json`);
};

export const readRecord = (place: AgentLocation): UndoRecord | null =>
  readJsonObject(recordPath(place)) as UndoRecord | null;

export const saveRecord = (place: AgentLocation, record: UndoRecord): void =>
  writeFileAtomic(recordPath(place), JSON.stringify(record, null, 2));

export const deleteRecord = (place: AgentLocation): void => deleteFile(recordPath(place));

/** The contents after undo; null for no file. A file that was changed since keeps that change. */
export function contentAfterUndo(change: ChangedFile, targets: readonly Target[]): string | null {
  const now = readTextFile(change.file);
  if (now === null) return null;
  if (sha256(now) === change.written) return change.before;
  const target = targets.find(({ file }) => file === change.file);
  if (!target) throw new MalformedFileError('it was changed, and nothing tells what of it is ours');
  return target.remove(now);
}

export function undo(changes: readonly { readonly change: ChangedFile; readonly after: string | null }[]): void {
  for (const { change, after } of changes) {
    if (after === null) deleteFile(change.file);
    else replaceFile(change.file, after, change.mode ?? undefined);
  }
  removeEmptyFolders(changes.flatMap(({ change }) => change.folders));
}
