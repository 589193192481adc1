import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contractBoard, NOTES } from './contract-board.ts';
import { partOf, withParts } from './release-notes.ts';
import { contractText } from './scoreboard.ts';

const PAGE = '# 1.0\n\n<!-- one -->\n\nold\n\n<!-- /one -->\n\n<!-- two -->\n\nkept\n\n<!-- /two -->\n';

test('a part is put in place of what was there, and one of which nothing new is known stays', () => {
  const page = withParts(PAGE, { one: 'costs $& and $1', two: null });
  expect(page).toBe(PAGE.replace('old', () => 'costs $& and $1'));
  expect(withParts(page, { one: 'old' })).toBe(PAGE);
  expect(() => withParts(PAGE, { three: 'x' })).toThrow('three');
});

test('the release notes of this version tell of the contract as it is: make scoreboard writes them', async () => {
  const page = readFileSync(NOTES, 'utf8');
  expect(partOf(page, 'contract')).toBe(contractText(await contractBoard()));
  for (const name of ['conformance', 'measured']) expect(partOf(page, name)).not.toBe('');
});
