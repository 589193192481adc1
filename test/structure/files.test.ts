import { expect, test } from 'vitest';
import { handlers } from '../../server/handlers.ts';
import { operations } from '../../server/platform/contract.ts';
import { sourceFiles } from '../support/sources.ts';

const FOLDERS = ['server', 'openapi', 'clients', 'test'];
const isGenerated = (path: string) => path.includes('/generated/') || path === 'clients/mcp/tools.json';
const files = FOLDERS.flatMap((folder) => [...sourceFiles(folder), ...sourceFiles(folder, '.tsx')]).filter(
  (file) => !isGenerated(file.path),
);

test('no source of the product has more than 250 lines', () => {
  const long = files.filter(({ path, text }) => !path.startsWith('test/') && text.trimEnd().split('\n').length > 250);
  expect(long.map((file) => file.path)).toEqual([]);
});

test('files and folders are named in kebab-case', () => {
  const broken = files.filter(
    ({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)+[a-z0-9]+(-[a-z0-9]+)*(\.(test|config))?\.tsx?$/.test(path),
  );
  expect(broken.map((file) => file.path)).toEqual([]);
});

test('no file has a name that says nothing', () => {
  const empty = /\/(utils?|helpers?|manager|data|info|misc|common)\.tsx?$/;
  expect(files.filter((file) => empty.test(file.path)).map((file) => file.path)).toEqual([]);
});

test('every generated source says that it is generated', () => {
  for (const { path, text } of FOLDERS.flatMap((folder) => sourceFiles(folder))) {
    if (path.includes('/generated/')) expect(text.split('\n', 1)[0], path).toContain('Generated from openapi/*.yaml');
  }
});

test('every operation has one handler, and every handler an operation', () => {
  // The compiler refuses a table that lacks one (server/platform/operations.ts, Handlers); this refuses one that has too many.
  expect(Object.keys(handlers).sort()).toEqual(operations.map((each) => each.operationId).sort());
});
