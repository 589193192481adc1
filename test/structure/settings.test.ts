/** The table of settings is written once, in server/config-table.ts; docs/settings.md and the CLI must say the same. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENV_BY_OPTION, SERVE_OPTIONS } from '../../clients/cli/src/serve/options.ts';
import type { Setting } from '../../server/config-setting.ts';
import { SETTINGS } from '../../server/config-table.ts';
import { OWN_SESSION_VARIABLES, SESSION_VARIABLES } from '../../server/platform/database/dialects/mysql-session.ts';
import { CHECKED_SETTINGS } from '../../server/platform/database/dialects/mysql-settings.ts';
import { LOG_LEVELS } from '../../server/platform/log.ts';

const settings: readonly Setting<unknown>[] = Object.values(SETTINGS);
const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');

/** The first sentence without Markdown, as a line of the help has it. */
const toSummary = ({ description, default: value }: Setting<unknown>): string => {
  const sentence = (/^.*?(?=\.( |$))/.exec(description)?.[0] ?? description).replaceAll('`', '');
  const summary = `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
  return value === '' ? summary : `${summary} (default: ${value})`;
};

test('docs/settings.md lists every setting of the table with its default and its meaning, and no other', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const expected = settings.map(
    ({ env, default: value, description }) =>
      `| \`${env}\` | ${value === '' ? '(none)' : `\`${value}\``} | ${description} |`,
  );
  expect(rows.join('\n')).toBe(expected.join('\n'));
});

test('docs/operations.md lists every setting of the database that the server sets or checks, each with a test that exists', () => {
  const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const section = operations.split(/^## /m).find((each) => each.startsWith('Settings of the database\n')) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
  const [, ...cells] = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  const names = cells.map(([, name]) => name).join();
  for (const name of [...SESSION_VARIABLES, ...OWN_SESSION_VARIABLES, ...CHECKED_SETTINGS])
    expect(names, name).toContain(`\`${name}\``);
  for (const name of listPragmas()) expect(names, name).toContain(`\`${name}\``);
  for (const [, name, , , tests = ''] of cells) {
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    expect(files.length, name).toBeGreaterThan(0);
    for (const file of files) {
      const path = file.startsWith('test/') ? file : `test/behaviour/storage/${file}.test.ts`;
      expect(existsSync(new URL(`../../${path}`, import.meta.url)), path).toBe(true);
    }
  }
});

/** What the server sets on SQLite; the size of a cache changes no result. TypeORM's `enableWAL` sets the first. */
function listPragmas(): readonly string[] {
  const source = readFileSync(new URL('../../server/platform/database/dialects/sqlite.ts', import.meta.url), 'utf8');
  const set = [...source.matchAll(/(?:PRAGMA |pragma\(['`])(\w+) =/g)].map(([, name = '']) => name);
  expect(set).toContain('synchronous');
  expect(source).toContain('enableWAL: true');
  return ['journal_mode', ...set.filter((name) => name !== 'cache_size')];
}

test('each variable is in the table once, and its default is valid', () => {
  expect(new Set(settings.map(({ env }) => env)).size).toBe(settings.length);
  for (const { env, parse, default: value } of settings) expect(parse(value), env).not.toBeNull();
});

test('every option of fleetbeat serve is a setting that is no secret, and its help says what the table says', () => {
  expect(Object.keys(ENV_BY_OPTION).sort()).toEqual(Object.keys(SERVE_OPTIONS).sort());
  for (const [option, { summary }] of Object.entries(SERVE_OPTIONS)) {
    const env = ENV_BY_OPTION[option as keyof typeof ENV_BY_OPTION];
    const setting = settings.find((each) => each.env === env);
    // `serve` has a default database of its own: that of --data.
    const wanted = setting && toSummary(env === 'DATABASE_URL' ? { ...setting, default: '' } : setting);
    expect([env, wanted]).toEqual([env, summary]);
  }
  expect(Object.values(ENV_BY_OPTION)).not.toContain('FLEETBEAT_ADMIN_KEY');
  expect(SERVE_OPTIONS.logLevel.choices).toEqual(LOG_LEVELS);
});
