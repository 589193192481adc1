import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createDialog, deleteDialog, listDialogs, setQuestion } from './pending-dialogs.ts';

const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-dialogs-'));
afterAll(() => rmSync(folder, { recursive: true }));
const CALL = { tool: 'Bash', input: { command: 'make' } };

test('a dialog has its question from the moment that this is open', () => {
  const dialog = createDialog(folder, CALL);
  expect(listDialogs(folder)).toMatchObject([{ questionId: null }]);
  expect(setQuestion(dialog, 'q-1')).toBe(true);
  expect(listDialogs(folder)).toMatchObject([{ questionId: 'q-1' }]);
  deleteDialog(dialog);
});

test('a dialog that is over does not come back with its question', () => {
  const dialog = createDialog(folder, CALL);
  deleteDialog(dialog);
  expect(setQuestion(dialog, 'q-1')).toBe(false);
  expect(listDialogs(folder)).toEqual([]);
});
