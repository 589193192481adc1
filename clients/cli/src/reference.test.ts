import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXIT } from './exit.ts';
import { GLOBALS } from './globals.ts';
import { listCommands } from './list-commands.ts';
import { referencePage } from './reference.ts';

test('docs/cli.md is what the table of commands says; make generate writes it', async () => {
  const page = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
  expect(page).toBe(await referencePage());
});

test('every exit code is documented', async () => {
  const page = await referencePage();
  for (const code of Object.values(EXIT)) expect(page).toContain(`\n| ${code} | `);
});

test('no option of a command hides one that every command has', async () => {
  for (const { path, command } of await listCommands()) {
    const names = Object.keys(command.options ?? {});
    expect(
      names.filter((name) => name in GLOBALS),
      path.join(' '),
    ).toEqual([]);
    const shorts = [...Object.values(GLOBALS), ...Object.values(command.options ?? {})].flatMap((option) =>
      'short' in option && option.short ? option.short : [],
    );
    expect(new Set(shorts).size, path.join(' ')).toBe(shorts.length);
  }
});

test('summaries are one line without a full stop, and every example calls its own command', async () => {
  for (const { path, command } of await listCommands()) {
    expect(command.summary, path.join(' ')).toMatch(/^[A-Z][^\n]*[^.\n]$/);
    for (const [line] of command.examples ?? []) expect(line).toMatch(/fleetbeat/);
  }
});

test('an option has no property that nothing reads: a misspelt limit would let every number through', async () => {
  const properties = ['type', 'value', 'summary', 'short', 'choices', 'required', 'multiple', 'integer', 'min', 'max'];
  for (const { path, command } of await listCommands())
    for (const [name, option] of Object.entries(command.options ?? {}))
      expect(properties, `${path.join(' ')} --${name}`).toEqual(expect.arrayContaining(Object.keys(option)));
});
