/** A row is the same by plain SQL and by TypeORM, in each direction, for every column of every table. */
import { randomBytes } from 'node:crypto';
import { DataSource, type DataSourceOptions, type EntitySchemaColumnOptions } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as column from '../../../server/platform/database/columns.ts';
import { createRowCodec } from '../../../server/platform/database/columns.ts';
import { createDialect, openStore } from '../../../server/platform/database/open.ts';
import { placeholders } from '../../../server/platform/database/sql.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { schema } from '../../../server/schema/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore(database.url, schema);
  const options = { ...(await createDialect(database.url)).options, ...schema } as DataSourceOptions;
  dataSource = await new DataSource(options).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await store.close();
  await database.remove();
});

type Row = Record<string, unknown>;

const hasSameTransformer = (options: EntitySchemaColumnOptions, like: EntitySchemaColumnOptions) =>
  options.transformer === like.transformer;

/** Values that show a missing conversion: true and 1, JSON and its text, numbers that only a bigint holds. */
function exampleValue(options: EntitySchemaColumnOptions, variant: number): unknown {
  if (variant > 1 && options.nullable) return null;
  if (hasSameTransformer(options, column.boolean())) return variant % 2 === 0;
  if (hasSameTransformer(options, column.json())) return variant % 2 === 0 ? { deep: [1, null, 'ä'] } : ['text', 0];
  if (hasSameTransformer(options, column.integer())) return variant % 2 === 0 ? Number.MAX_SAFE_INTEGER - 1 : 0;
  if (options.type === 'double') return 0.25 + variant;
  return randomBytes(8).toString('hex');
}

/** A field with another name than its column is TypeORM's to read and write: plain SQL knows the column's. */
const isRenamed = ([field, options]: [string, EntitySchemaColumnOptions | undefined]) =>
  options?.name !== undefined && options.name !== field;
const hasRenamedField = (entity: (typeof schema.entities)[number]) =>
  Object.entries(entity.options.columns).some(isRenamed);

const tables = schema.entities.map((entity) => [entity.options.tableName ?? '', entity] as const);

test.each(tables.filter(([, entity]) => hasRenamedField(entity)))('%s is refused', (_table, entity) => {
  expect(() => createRowCodec<Row>(entity)).toThrow(/can only be read and written by TypeORM/);
});

test.each(tables.filter(([, entity]) => !hasRenamedField(entity)))('%s', async (table, entity) => {
  const codec = createRowCodec<Row>(entity);
  const options = entity.options.columns as Record<string, EntitySchemaColumnOptions>;
  const keys = codec.columns.filter((name) => options[name]?.primary);
  // Written for an index only; TypeORM does not read it back.
  const readable = codec.columns.filter((name) => options[name]?.select !== false);
  const pick = (row: Row | null) => Object.fromEntries(readable.map((name) => [name, row?.[name]]));
  const selected = codec.columns.map((name) => dataSource.driver.escape(name)).join(', ');
  const repository = dataSource.getRepository(entity);
  for (const variant of [0, 1, 2, 3]) {
    const example = (): Row =>
      Object.fromEntries(codec.columns.map((name) => [name, exampleValue(options[name] ?? column.id(), variant)]));

    const byPlainSql = example();
    const plainRow = codec.toPlain(byPlainSql);
    await dataSource.query(
      `INSERT INTO ${table} (${selected}) VALUES (${placeholders(codec.columns)})`,
      codec.columns.map((name) => plainRow[name]),
    );
    const getKey = (row: Row) => Object.fromEntries(keys.map((name) => [name, row[name]]));
    expect(pick(await repository.findOneBy(getKey(byPlainSql)))).toEqual(pick(byPlainSql));
    await repository.delete(getKey(byPlainSql));

    const byTypeOrm = example();
    await repository.insert(byTypeOrm);
    const where = keys.map((name) => `${dataSource.driver.escape(name)} = ?`).join(' AND ');
    const [plain] = await dataSource.query<Row[]>(
      `SELECT ${selected} FROM ${table} WHERE ${where}`,
      keys.map((name) => byTypeOrm[name]),
    );
    expect(pick(codec.fromPlain(plain ?? {}))).toEqual(pick(byTypeOrm));
    await repository.delete(getKey(byTypeOrm));
  }
});

test('a column that TypeORM converts by itself is refused, so that nobody reads it unconverted', () => {
  const entity = schema.entities[0]?.options;
  for (const type of ['boolean', 'simple-json', 'datetime'] as const) {
    const options = { ...entity, columns: { mood: { type } } };
    expect(() => createRowCodec({ options } as never)).toThrow(/mood/);
  }
});
