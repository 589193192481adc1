/** The tables as Vitess and TiDB need them, read from the database itself: docs/sizing.md says why each of these matters. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GLOBAL_TABLES, LOOKUP_COLUMNS } from '../../support/sharding.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

/** TiDB's limit of an index, in bytes (max-index-length); InnoDB has the same. */
const MAX_INDEX_BYTES = 3_072;
const BYTES_BY_TYPE = { varchar: 4, bigint: 8, smallint: 2, double: 8 } as Readonly<Record<string, number>>;

let sql: Sql;
const server = useTestServer();
beforeAll(async () => {
  sql = await connect(server.database);
});
afterAll(async () => {
  await sql.close();
});

interface Column {
  table: string;
  name: string;
  type: string;
  length: number | string | null;
  nullable: string;
  collation: string | null;
  extra: string;
}

const columns = () =>
  sql.query<Column>(
    `SELECT c.table_name AS 'table', c.column_name AS name, c.data_type AS type, c.character_maximum_length AS length,
       c.is_nullable AS nullable, c.collation_name AS collation, c.extra AS extra
     FROM information_schema.columns c WHERE c.table_schema = DATABASE()`,
  );

const indices = async () => {
  const parts = await sql.query<{ table: string; name: string; once: number | string; kind: string; column: string }>(
    `SELECT table_name AS 'table', index_name AS name, non_unique = 0 AS once, index_type AS kind, column_name AS 'column'
     FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index`,
  );
  const byIndex = new Map<string, typeof parts>();
  for (const part of parts) {
    const id = `${part.table}.${part.name}`;
    byIndex.set(id, [...(byIndex.get(id) ?? []), part]);
  }
  return [...byIndex].map(([id, own]) => ({
    id,
    table: own[0]?.table ?? '',
    isUnique: Number(own[0]?.once) === 1,
    kind: own[0]?.kind,
    columns: own.map(({ column }) => column),
  }));
};

test('every table is of accounts, but those that are listed as global', async () => {
  const all = await columns();
  for (const table of new Set(all.map((each) => each.table))) {
    const account = all.find((each) => each.table === table && each.name === 'accountId');
    if (GLOBAL_TABLES.includes(table)) expect(account?.nullable, table).not.toBe('NO');
    else expect(account?.nullable, table).toBe('NO');
  }
});

test('a row is unique within its account, but where it is looked for by a random id of its own', async () => {
  const unique = (await indices()).filter(({ isUnique, table }) => isUnique && !GLOBAL_TABLES.includes(table));
  expect(unique.length).toBeGreaterThan(15);
  for (const { id, table, columns: parts } of unique) {
    if (LOOKUP_COLUMNS[table]) expect(parts, id).toEqual([LOOKUP_COLUMNS[table]]);
    else expect(parts, id).toContain('accountId');
  }
});

test('no number is given out by a table: its shards would give out the same ones', async () => {
  const counted = (await columns()).filter(({ extra }) => /auto_increment/i.test(extra));
  // TypeORM's own, in one database.
  expect(counted.map(({ table, name }) => `${table}.${name}`)).toEqual(['migrations.id']);
});

test('no foreign key, trigger, procedure, event, view, partition or generated column', async () => {
  for (const [table, of] of [
    ['referential_constraints', 'constraint_schema'],
    ['triggers', 'trigger_schema'],
    ['routines', 'routine_schema'],
    ['events', 'event_schema'],
    ['views', 'table_schema'],
  ]) {
    expect(await sql.query(`SELECT * FROM information_schema.${table} WHERE ${of} = DATABASE()`), table).toEqual([]);
  }
  expect(
    await sql.query(
      'SELECT * FROM information_schema.partitions WHERE table_schema = DATABASE() AND partition_name IS NOT NULL',
    ),
  ).toEqual([]);
  expect((await columns()).filter(({ extra }) => /generated|virtual|stored/i.test(extra))).toEqual([]);
});

test('text is compared byte by byte, and only types are used that all three know', async () => {
  const own = (await columns()).filter(({ table }) => table !== 'migrations');
  expect(new Set(own.map(({ collation }) => collation))).toEqual(new Set(['utf8mb4_bin', null]));
  expect([...new Set(own.map(({ type }) => type))].sort()).toEqual([
    'bigint',
    'double',
    'mediumtext',
    'smallint',
    'varchar',
  ]);
  const keys = new Set((await indices()).filter((each) => each.isUnique).flatMap((each) => each.columns));
  expect(own.filter(({ name, type }) => type === 'double' && keys.has(name))).toEqual([]);
});

test('every index is an ordinary one within the limit, but the one for words', async () => {
  const all = await columns();
  const getColumnBytes = (table: string, name: string) => {
    const { type = '', length } = all.find((each) => each.table === table && each.name === name) ?? {};
    return (BYTES_BY_TYPE[type] ?? Number.NaN) * Number(length ?? 1);
  };
  for (const { id, table, kind, columns: parts } of await indices()) {
    if (id === 'learned_patterns.learned_patterns_words') expect(kind).toBe('FULLTEXT');
    else {
      expect(kind, id).toBe('BTREE');
      const bytes = parts.reduce((sum, name) => sum + getColumnBytes(table, name), 0);
      if (table !== 'migrations') expect(bytes, id).toBeLessThanOrEqual(MAX_INDEX_BYTES);
    }
  }
});
