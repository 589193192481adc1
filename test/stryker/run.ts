/**
 * Changes the pure files one place at a time with StrykerJS and runs the fast tests: `tsx test/stryker/run.ts [FILE …]`;
 * `--since REF` takes those changed since then. Fails when fewer than nine in ten changes are noticed by a test.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PURE_FILES } from './stryker.config.mjs';

/** Stryker could not be installed, so nothing was tried. */
const NOT_RUN_EXIT_CODE = 77;
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = fileURLToPath(new URL('.', import.meta.url));

const { values, positionals } = parseArgs({ options: { since: { type: 'string' } }, allowPositionals: true });

const git = (...args: readonly string[]): readonly string[] =>
  execFileSync('git', [...args, '--', ...PURE_FILES], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

const changed = values.since === undefined ? [] : git('diff', '--name-only', '--diff-filter=d', values.since);
const selected = positionals.length > 0 ? positionals : values.since === undefined ? git('ls-files') : changed;

if (selected.length === 0) console.log('No pure file was changed.');
else {
  const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  const options = { cwd: folder, stdio: 'inherit', timeout: 300_000 } as const;
  if (!existsSync(`${folder}node_modules`) && spawnSync('npm', install, options).status !== 0) {
    console.log('\n!!! NOT RUN: StrykerJS. This registry does not give it.');
    process.exit(NOT_RUN_EXIT_CODE);
  }
  const stryker = ['run', 'test/stryker/stryker.config.mjs', '--mutate', selected.join(',')];
  const { status } = spawnSync(`${folder}node_modules/.bin/stryker`, stryker, { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
