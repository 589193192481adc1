/**
 * A released migration never changes, and a new one only adds: the previous version goes on beside the new schema
 * (docs/operations.md). The statements of each migration are recorded in `recorded-migrations/`, one file for each kind of
 * database. FLEETBEAT_RECORD_MIGRATIONS=1 adds the missing ones there, and never changes one that is recorded.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDialect } from '../../../server/platform/database/open.ts';
import { schema } from '../../../server/schema/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

/** Statements that the previous version does not notice. */
const ADDITIVE = [
  /^CREATE (VIRTUAL )?TABLE /i,
  /^CREATE (FULLTEXT )?INDEX /i,
  /^CREATE TRIGGER /i,
  /^ALTER TABLE \S+ ADD (COLUMN )?(?!.*\bNOT NULL\b(?!.*\bDEFAULT\b))/i,
];
/** Not additive, but of columns that no released version reads. */
const BEFORE_FIRST_RELEASE = [/^ALTER TABLE sessions RENAME COLUMN (staleTold|stuckTold) TO \S+$/i];
const ALLOWED = [...ADDITIVE, ...BEFORE_FIRST_RELEASE];
const CHANGES_SCHEMA_OR_ROWS = /^(CREATE|ALTER|DROP|RENAME|TRUNCATE|INSERT|UPDATE|DELETE|REPLACE)\b/i;
const HEADING = /^-- (\S+)$/m;

let database: TestDatabase;
let statements: ReadonlyMap<string, readonly string[]>;
let actual: ReadonlyMap<string, string>;
let recorded: ReadonlyMap<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  statements = await runMigrations(database.url);
  actual = new Map([...statements].map(([name, each]) => [name, each.join(';\n')]));
  const file = new URL(`recorded-migrations/${database.kind}.sql`, import.meta.url);
  recorded = existsSync(file) ? parseRecord(readFileSync(file, 'utf8')) : new Map();
  if (process.env['FLEETBEAT_RECORD_MIGRATIONS']) {
    recorded = new Map([...recorded, ...[...actual].filter(([name]) => !recorded.has(name))]);
    writeFileSync(file, [...recorded].map(([name, sql]) => `-- ${name}\n${sql}\n`).join('\n'));
  }
});
afterAll(() => database.remove());

test('every migration is recorded', () => {
  expect([...recorded.keys()].sort(), 'record it: FLEETBEAT_RECORD_MIGRATIONS=1').toEqual([...actual.keys()].sort());
});

test('a recorded migration has not changed', () => {
  expect(recorded.size).toBeGreaterThan(15);
  for (const [name, sql] of recorded) expect(actual.get(name), name).toBe(sql);
});

test('a migration only adds', () => {
  const all = [...statements.values()].flat();
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((statement) => !ALLOWED.some((form) => form.test(statement)))).toEqual([]);
});

/** Runs each migration on the empty database and returns its statements by its name. */
async function runMigrations(url: string): Promise<Map<string, string[]>> {
  const dialect = await createDialect(url);
  const dataSource = await new DataSource({ ...dialect.options, ...schema } as DataSourceOptions).initialize();
  const runner = dataSource.createQueryRunner();
  const query = runner.query.bind(runner);
  let current: string[] = [];
  runner.query = (text: string, ...rest: never[]) => {
    if (CHANGES_SCHEMA_OR_ROWS.test(text)) current.push(text.trim().replace(/;$/, ''));
    return query(text, ...rest);
  };
  const migrations = new Map<string, string[]>();
  for (const migration of dataSource.migrations) {
    current = [];
    await migration.up(runner);
    migrations.set(migration.name ?? '', current);
  }
  await runner.release();
  await dataSource.destroy();
  dialect.close();
  return migrations;
}

function parseRecord(text: string): Map<string, string> {
  const [, ...parts] = text.split(HEADING);
  const names = parts.filter((_, index) => index % 2 === 0);
  return new Map(names.map((name, index) => [name, parts[2 * index + 1]?.trim() ?? '']));
}
