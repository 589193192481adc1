/** docs/commands.md names the test of every command that README and docs show. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { extractShellBlocks } from '../support/markdown-shell.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);
/** Makers read release.md; the database's own programs are tried by hand. */
const ELSEWHERE = ['docs/release.md', 'docs/operations.md', 'docs/commands.md'];
const list = read('docs/commands.md');

/** The examples of the command line have a test of their own, which reads them from the table of commands. */
const beforeExamples = (path: string) =>
  path === 'docs/cli.md' ? (read(path).split('## Commands')[0] ?? '') : read(path);

const rowsBelow = (heading: string) =>
  (list.split(/^## /m).find((part) => part.startsWith(heading)) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => /^\| `(.*?)` \| (.*) \|$/.exec(line)?.slice(1) as [string, string]);

test('every document with commands that are run stands in the list, with its test', () => {
  const withBlocks = documents.filter((path) => extractShellBlocks(read(path)).length > 0);
  expect(rowsBelow('Blocks').map(([path]) => path)).toEqual(withBlocks.toSorted());
});

test('every other command stands in the list', () => {
  const shown = documents
    .filter((path) => !ELSEWHERE.includes(path))
    .flatMap((path) =>
      [...beforeExamples(path).matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) =>
        text.trim().split('\n'),
      ),
    );
  const listed = rowsBelow('Commands').map(([command]) => command);
  expect([...new Set(shown)].filter((line) => !listed.includes(line))).toEqual([]);
  expect(
    listed.filter((command) => !shown.includes(command)),
    'no document shows it any more',
  ).toEqual([]);
});

test('every test in the list exists', () => {
  const files = [...list.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThan(15);
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
