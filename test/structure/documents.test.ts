/** ARCHITECTURE, AGENTS and CONTRIBUTING name files, folders and commands. They must exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sourceFiles } from '../support/sources.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');
const fileNames = new Set(
  ['server', 'openapi', 'clients', 'test', 'bench', 'scripts']
    .flatMap((folder) => [...sourceFiles(folder), ...sourceFiles(folder, '.yaml')])
    .map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
);

/** `server/main.ts`, `domains/sessions/` or `rules.ts`; patterns and placeholders are none. */
const findPaths = (text: string): string[] =>
  [...text.matchAll(/`([\w./-]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !path.startsWith('..') && !path.startsWith('/'))
    .filter((path) => /\.(ts|mjs|sh|yaml|yml|md|json)$|^[\w-]+\/[\w./-]*$/.test(path));

const exists = (path: string): boolean =>
  [
    '',
    'server',
    'server/platform/database',
    'server/domains/sessions',
    'server/interfaces/mcp',
    'clients/cli',
    'test',
    'docs',
  ].some((base) => existsSync(join(root, base, path))) ||
  (!path.includes('/') && fileNames.has(path));

test.each(['ARCHITECTURE.md', 'AGENTS.md', 'CONTRIBUTING.md', 'docs/release.md'])('every path in %s exists', (name) => {
  const paths = findPaths(readText(name));
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !exists(path))).toEqual([]);
});

test.each(['AGENTS.md', 'CONTRIBUTING.md', 'docs/release.md'])('every make command in %s exists', (name) => {
  const targets = [...readText('Makefile').matchAll(/^([a-z-]+):/gm)].map(([, target]) => target);
  const commands = [...readText(name).matchAll(/(?:`|^)make ([a-z-]+)(?=[`\s])/gm)].map(([, target]) => target);
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((target) => !targets.includes(target))).toEqual([]);
});

test('the picture in ARCHITECTURE shows every part of the platform and every interface', () => {
  const [, picture = ''] = readText('ARCHITECTURE.md').split('```');
  const folders = (path: string) =>
    readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  for (const name of folders('server/platform')) expect(picture).toContain(name);
  for (const name of folders('server/interfaces')) expect(picture).toContain(`interfaces/${name}`);
});

test('every decision record has a date and a status, and stands in the list', () => {
  const list = readText('docs/decisions/README.md');
  const records = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{4}-.*\.md$/.test(name));
  expect(records.length).toBeGreaterThan(15);
  for (const name of records) {
    expect(readText(`docs/decisions/${name}`), name).toMatch(
      /^# \d+\. .+\n\n(Accepted|Superseded by .+), \d{4}-\d\d-\d\d\.\n/,
    );
    expect(list).toContain(`(${name})`);
  }
});
