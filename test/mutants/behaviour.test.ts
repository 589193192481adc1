import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS, toMarkdown } from './behaviour.ts';

test.each(MUTANTS)('$promise: its mutant fits the code', ({ file, from, to, tests }) => {
  expect(readFileSync(file, 'utf8').split(from).length - 1, `occurrences in ${file} of ${from}`).toBe(1);
  expect(to).not.toBe(from);
  for (const path of tests) expect(existsSync(join(path)), path).toBe(true);
});

test('each promise is named once', () => {
  const names = MUTANTS.map(({ promise }) => promise);
  expect(names).toEqual([...new Set(names)]);
});

test('test/README.md has the table of promises (npx tsx test/mutants/run.ts --list)', () => {
  expect(readFileSync('test/README.md', 'utf8')).toContain(toMarkdown());
});
