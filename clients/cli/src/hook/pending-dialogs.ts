/**
 * The permission dialogs of a session that wait for an answer: a file for each in the folder of the session, so that hooks
 * that run at once see one another's. It holds the id of the question that was opened for the dialog, as soon as there is one.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deleteFile, writeFileAtomic } from './atomic-file.ts';
import { fnv } from './hash.ts';
import type { ToolCall } from './tool-call.ts';

const PREFIX = 'dialog.';

export interface PendingDialog {
  /** The path of its file. */
  readonly file: string;
  /** Hashes of the tool and of its arguments. */
  readonly tool: string;
  readonly input: string;
  /** Null while the question is being opened, or when whoever opened it was killed meanwhile. */
  readonly questionId: string | null;
}

export function createDialog(folder: string, call: ToolCall): PendingDialog {
  const [tool, input] = hash(call);
  const file = join(folder, `${PREFIX}${tool}.${input}.${process.pid}`);
  writeFileAtomic(file, '');
  return { file, tool, input, questionId: null };
}

/** False when the dialog is over: its file is gone then, and must not come back, or its hook would wait for ever. */
export function setQuestion({ file }: PendingDialog, questionId: string): boolean {
  try {
    // Opens what is there, and makes nothing. Who deletes it at the same time is seen by the look that follows.
    writeFileSync(file, questionId, { flag: 'r+' });
    return readDialog(file) !== null;
  } catch {
    return false;
  }
}

/** Null when another hook has seen it answered. */
export function readDialog(file: string): PendingDialog | null {
  try {
    const [, tool = '', input = ''] = basename(file).split('.');
    return { file, tool, input, questionId: readFileSync(file, 'utf8') || null };
  } catch {
    return null;
  }
}

export const deleteDialog = ({ file }: Pick<PendingDialog, 'file'>): void => deleteFile(file);

export function listDialogs(folder: string): PendingDialog[] {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(PREFIX));
    return names.map((name) => readDialog(join(folder, name))).filter((dialog) => dialog !== null);
  } catch {
    return [];
  }
}

/**
 * One dialog of this tool and its arguments: of equal calls that run at once each ends one. An event that does not tell the
 * arguments ends one of the same tool.
 */
export function findDialog(dialogs: readonly PendingDialog[], call: ToolCall): PendingDialog | undefined {
  const [tool, input] = hash(call);
  const isWithoutInput = Object.keys(call.input).length === 0;
  return dialogs.find((dialog) => dialog.tool === tool && (isWithoutInput || dialog.input === input));
}

const hash = ({ tool, input }: ToolCall): readonly [string, string] => [fnv(tool), fnv(JSON.stringify(input))];
