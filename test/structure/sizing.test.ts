/** docs/sizing.md says of every table what bounds it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SETTINGS } from '../../server/config-table.ts';
import { entities } from '../../server/schema/entities.ts';

const text = readFileSync(new URL('../../docs/sizing.md', import.meta.url), 'utf8');
const section = text.split(/^## /m).find((each) => each.startsWith('What bounds each table\n')) ?? '';

test('every table is listed with what bounds it, and no other', () => {
  const listed = [...section.matchAll(/^\| `(\w+)` \| \S/gm)].map(([, name]) => name);
  expect(listed).toEqual(entities.map(({ options }) => options.tableName));
});

test('the section names every cap and every age, with its default', () => {
  const bounding = Object.values(SETTINGS).filter(({ env }) => /^FLEETBEAT_(MAX|KEEP)_/.test(env));
  expect(bounding.length).toBeGreaterThan(10);
  for (const { env, default: value } of bounding) {
    const inWords = value.replace(/d$/, ' days').replace(/(\d)(?=(\d{3})+$)/g, '$1,');
    expect(section, env).toMatch(new RegExp(`${inWords}[^|]*\`${env}\``));
  }
});
