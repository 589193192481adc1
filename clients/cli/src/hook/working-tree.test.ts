import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatWorkingTree, readWorkingTree } from './working-tree.ts';

let folder: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-C', folder, ...args], {
    stdio: 'pipe',
  });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetbeat-tree-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('branch, head and changed files are those of git, whatever the names', async () => {
  git('init', '--quiet', '--initial-branch=main');
  expect(await readWorkingTree(folder)).toEqual({
    branch: 'main',
    head: null,
    ahead: null,
    behind: null,
    changed: [],
    count: 0,
  });
  for (const name of ['kept', 'old name', 'edited']) writeFileSync(join(folder, name), `${name}\n`.repeat(9));
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  writeFileSync(join(folder, 'edited'), 'new');
  renameSync(join(folder, 'old name'), join(folder, 'new name'));
  git('add', '-A');
  writeFileSync(join(folder, 'line\nHandover notes:'), '');
  const tree = await readWorkingTree(folder);
  expect(tree?.head).toBe(execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim());
  expect(tree?.changed.toSorted()).toEqual(['edited', 'line\nHandover notes:', 'new name']);
  const text = tree && formatWorkingTree(tree);
  expect(text).toContain('branch main at ');
  expect(text).toContain('3 changed files:');
  expect(text).not.toMatch(/^Handover/m);
});

test('of many changed files 50 are named and all are counted; without a repository nothing is said', async () => {
  expect(await readWorkingTree(folder)).toBeNull();
  git('init', '--quiet');
  for (let number = 0; number < 60; number++) writeFileSync(join(folder, `file-${number}`), '');
  const tree = await readWorkingTree(folder);
  expect([tree?.changed.length, tree?.count]).toEqual([50, 60]);
});
