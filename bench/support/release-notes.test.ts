import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RELEASE_NOTES, readContractFigures } from './contract-figures.ts';
import { readSection, replaceSections } from './release-notes.ts';
import { formatContract } from './scoreboard.ts';

const PAGE = '# 1.0\n\n<!-- one -->\n\nold\n\n<!-- /one -->\n\n<!-- two -->\n\nkept\n\n<!-- /two -->\n';

test('a part is put in place of what was there, and one of which nothing new is known stays', () => {
  const page = replaceSections(PAGE, { one: 'costs $& and $1', two: null });
  expect(page).toBe(PAGE.replace('old', () => 'costs $& and $1'));
  expect(replaceSections(page, { one: 'old' })).toBe(PAGE);
  expect(() => replaceSections(PAGE, { three: 'x' })).toThrow('three');
});

test('the release notes of this version tell of the contract as it is: make scoreboard writes them', async () => {
  const page = readFileSync(RELEASE_NOTES, 'utf8');
  expect(readSection(page, 'contract')).toBe(formatContract(await readContractFigures()));
  for (const name of ['conformance', 'measured']) expect(readSection(page, name)).not.toBe('');
});
