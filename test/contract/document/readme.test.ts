import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readProblems } from '../../../openapi/bundle.ts';
import { operations } from '../../../server/platform/contract.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');
const api = readText('docs/use-the-api.md');
const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const TOOL_NAMES = [
  'createSession',
  'updateSession',
  'listSessions',
  'getFleetHealth',
  'getProgramState',
  'updateProgramState',
];

test('the README has at most 150 lines', () => {
  expect(readText('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test('docs/errors.md lists every kind of problem with its status, and no other', () => {
  const listed = readRows('docs/errors.md').map(([kind, status]) => [unquoted(kind), Number(status)]);
  expect(listed).toEqual(Object.entries(readProblems()).map(([kind, { status }]) => [kind, status]));
});

test('docs/development.md lists every target of the Makefile, and no other', () => {
  const targets = [...readText('Makefile').matchAll(/^([a-z-]+):.*## /gm)].map(([, target]) => `make ${target}`);
  const listed = readRows('docs/development.md').map(([command]) => unquoted(command));
  expect(listed.toSorted()).toEqual(targets.filter((target) => target !== 'make help').toSorted());
});

test('every JSON text in the documents is JSON', () => {
  const bodies = extractCurls().flatMap((curl) => /-d '([^']*)'/.exec(curl)?.[1] ?? []);
  expect(bodies).toHaveLength(api.split(" -d '").length - 1);
  const fences = DOCUMENTS.flatMap((path) => extractFences('json', readText(path)));
  expect(fences.length).toBeGreaterThan(3);
  for (const text of [...fences, ...bodies]) expect(() => JSON.parse(text), text).not.toThrow();
});

test('docs/use-the-api.md shows each of the six operations by curl, and no curl that leads nowhere', () => {
  const shown = extractCurls().map((curl) => {
    const path = /\$FLEETBEAT_URL(\/[^\s"?]*)/.exec(curl)?.[1] ?? '';
    const method = /-X ([A-Z]+)/.exec(curl)?.[1] ?? (curl.includes("-d '") ? 'POST' : 'GET');
    return operations.find((each) => each.method.toUpperCase() === method && matches(each.path, path))?.operationId;
  });
  expect(shown).not.toContain(undefined);
  expect(shown).toEqual(expect.arrayContaining(TOOL_NAMES));
});

test('every relative link of every document leads to a file', () => {
  const documents = markdownBelow(root);
  expect(documents.map((path) => relative(root, path))).toContain('ARCHITECTURE.md');
  const broken = documents.flatMap((path) =>
    extractLinks(readFileSync(path, 'utf8'))
      .filter((link) => !existsSync(join(dirname(path), decodeURIComponent(link))))
      .map((link) => `${relative(root, path)}: ${link}`),
  );
  expect(broken).toEqual([]);
});

/** The first two cells of each row of the table in the document. */
function readRows(path: string): [string, string][] {
  const lines = readText(path)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  return lines.slice(2).map(
    (line) =>
      line
        .split('|')
        .slice(1, 3)
        .map((cell) => cell.trim()) as [string, string],
  );
}

const unquoted = (cell: string): string => cell.replace(/^`(.*)`$/, '$1');
const extractFences = (language: string, document: string): string[] =>
  [...document.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, of, text = '']) => (of === language ? text : []));

/** Every curl command, with its continuation lines. */
const extractCurls = (): string[] =>
  extractFences('sh', api).flatMap((block) => block.match(/curl -s[\s\S]*?(?=\n\S|\n$|$(?![\s\S]))/g) ?? []);

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** Links and images to files of the repository, without their fragment. */
const extractLinks = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link.replace(/#.*$/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:|^\/(docs|guide)$/.test(link));

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist|data|\..*)$/.test(entry.name) ? [] : markdownBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
