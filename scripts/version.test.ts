import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { setVersion, VERSIONED_FILES } from './version.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = Object.fromEntries(VERSIONED_FILES.map((path) => [path, readText(path)]));
const { version: current } = JSON.parse(readText('package.json')) as { version: string };
const edited = setVersion(files, '98.7.6', '2031-02-03');
const readJson = (path: string) => JSON.parse(edited[path] ?? '');

/** Every manifest and every YAML file that is written by hand. */
function findManifests(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (/^(node_modules|dist|data|generated|\.git|\.cache)$/.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return findManifests(path);
    return /\.(json|ya?ml)$/.test(entry.name) ? [relative(root, path)] : [];
  });
}

test('no manifest, pin or example keeps the previous version', () => {
  const generated = ['clients/mcp/server.json', 'clients/mcp/tools.json'];
  const paths = findManifests(root).filter((path) => !generated.includes(path) && !path.endsWith('package-lock.json'));
  expect(paths).toEqual(expect.arrayContaining(['clients/claude-code/.claude-plugin/plugin.json']));
  const place = new RegExp(`(version|fleetbeat)[^\\n]*\\b${current.replaceAll('.', '\\.')}\\b`);
  expect(paths.filter((path) => place.test(edited[path] ?? readText(path)))).toEqual([]);
});

test('packages pin one another at the new version', () => {
  expect(readJson('clients/cli/package.json')).toMatchObject({
    version: '98.7.6',
    devDependencies: {
      '@fleetbeat/client': '98.7.6',
      '@fleetbeat/mcp': '98.7.6',
      leven: expect.not.stringMatching('98'),
    },
  });
  expect(parse(edited['openapi/openapi.yaml'] ?? '')).toMatchObject({ info: { version: '98.7.6' } });
});

test('the lock file changes for the workspaces alone, and npm would write it the same way', () => {
  const before = JSON.parse(files['package-lock.json'] ?? '');
  const after = readJson('package-lock.json');
  expect(`${JSON.stringify(before, null, 2)}\n`).toBe(files['package-lock.json']);
  const changed = Object.keys(before.packages).filter(
    (path) => JSON.stringify(before.packages[path]) !== JSON.stringify(after.packages[path]),
  );
  expect(changed).toEqual(['', 'clients/cli', 'clients/dashboard', 'clients/mcp', 'clients/typescript']);
  expect(after.packages['clients/cli'].devDependencies['@fleetbeat/client']).toBe('98.7.6');
});

test('what was unreleased becomes the section of the version', () => {
  expect(edited['CHANGELOG.md']).toContain('## [Unreleased]\n\n## [98.7.6] - 2031-02-03\n');
});

test('the changelog and the release notes know the current version', () => {
  expect(readText('CHANGELOG.md')).toMatch(new RegExp(`^## \\[${current}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm'));
  expect(readdirSync(join(root, 'docs/release-notes'))).toContain(`${current}.md`);
});

test.each(['1.2', 'v1.2.3', '', '1.2.3 ', current])('%j is refused as a new version', (version) => {
  expect(() => setVersion(files, version, '2031-02-03')).toThrow();
});
