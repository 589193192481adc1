/** What a connection has changed, so that it can be taken back. Kept with mode 600: a file of a person may hold secrets. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { dropFile, keepFile } from '../hook/keep-file.ts';
import { readJson, stateFolder } from '../hook/places.ts';
import { Malformed } from './edit-json.ts';
import { removeFolders, replaceFile, textOf } from './files.ts';
import type { Place, Target } from './targets.ts';

export interface Changed {
  readonly file: string;
  /** As it was before; null when there was none. */
  readonly before: string | null;
  readonly mode: number | null;
  /** SHA-256 of what was written. */
  readonly written: string;
  /** The folders that were made for it, the innermost first. */
  readonly folders: readonly string[];
}

export interface Undoing {
  readonly programId: string;
  readonly changed: readonly Changed[];
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const recordFile = ({ agent, scope, folder, environment }: Place): string => {
  const where = scope === 'user' ? 'user' : hashOf(folder).slice(0, 16);
  return join(stateFolder(environment), '..', 'connect', `${agent}-${where}.json`);
};

export const recordOf = (place: Place): Undoing | null => readJson(recordFile(place)) as Undoing | null;

export const keepRecord = (place: Place, record: Undoing): void =>
  keepFile(recordFile(place), JSON.stringify(record, null, 2));

export const dropRecord = (place: Place): void => dropFile(recordFile(place));

/** What a file will be once the connection is taken back; null for none. A file that was changed since keeps the change. */
export function afterUndo(change: Changed, targets: readonly Target[]): string | null {
  const now = textOf(change.file);
  if (now === null) return null;
  if (hashOf(now) === change.written) return change.before;
  const target = targets.find(({ file }) => file === change.file);
  if (!target) throw new Malformed('it was changed, and nothing tells what of it is ours');
  return target.take(now);
}

export function undo(changes: readonly { readonly change: Changed; readonly after: string | null }[]): void {
  for (const { change, after } of changes) {
    if (after === null) dropFile(change.file);
    else replaceFile(change.file, after, change.mode ?? undefined);
  }
  removeFolders(changes.flatMap(({ change }) => change.folders));
}
