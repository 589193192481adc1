/** Compares the tables of a database with those that this version needs, before and after the migrations. */
import type { DataSource, EntityMetadata, MigrationInterface } from 'typeorm';
import { DatabaseRefused } from './database-refused.ts';
import type { Dialect } from './dialects/dialect.ts';
import { listFullTextObjects } from './full-text.ts';
import { listTextLengths, type TableMigration } from './table-migration.ts';

export interface ExistingColumn {
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  /** Undefined where the database does not enforce it, as SQLite. */
  readonly type?: string;
  readonly maxLength?: number;
  readonly collation?: string;
}

export interface ExistingTable {
  /** What makes the table unusable as a whole; null when nothing does. */
  readonly problem: string | null;
  readonly columns: ReadonlyMap<string, ExistingColumn>;
  readonly primaryKey: ReadonlySet<string>;
}

export interface ExistingTables {
  readonly tables: ReadonlyMap<string, ExistingTable>;
  /** The names of indices and triggers. */
  readonly objects: ReadonlySet<string>;
}

const MIGRATIONS_TABLE = 'migrations';
const MIGRATIONS_COLUMNS = ['id', 'timestamp', 'name'];
const MAX_PROBLEMS = 20;

/** Throws DatabaseRefused, before anything is changed, when a table of another program has a name of ours. */
export async function refuseForeignTables(dataSource: DataSource, dialect: Dialect): Promise<void> {
  const { tables } = await dialect.readTables((sql) => dataSource.query(sql));
  const migrations = tables.get(MIGRATIONS_TABLE);
  const lacking = MIGRATIONS_COLUMNS.filter((column) => migrations && !migrations.columns.has(column));
  if (lacking.length > 0) throw foreignTable(MIGRATIONS_TABLE, `it has no column ${lacking.join(', ')}`);
  const done = new Set<string>();
  if (migrations) {
    const rows: { name: string }[] = await dataSource.query(`SELECT name FROM ${MIGRATIONS_TABLE}`);
    for (const { name } of rows) done.add(name);
  }
  const own = dataSource.migrations.map(({ name = '' }) => name);
  if (done.size > 0 && !own.some((name) => done.has(name)))
    throw foreignTable(MIGRATIONS_TABLE, `it has migrations such as ${[...done][0]}`);
  for (const { name: migration = '', creates } of dataSource.migrations as (MigrationInterface & TableMigration)[]) {
    const existing = creates && tables.get(creates.name);
    // A migration that was interrupted may have created its table; MySQL commits each CREATE by itself.
    if (!creates || !existing || done.has(migration)) continue;
    const missing = Object.keys(creates.columns).filter((column) => !existing.columns.has(column));
    if (missing.length > 0) throw foreignTable(creates.name, `it has no column ${missing.join(', ')}`);
  }
}

const foreignTable = (table: string, reason: string) =>
  new DatabaseRefused(
    `the table '${table}' belongs to another program: ${reason}. Nothing was changed. Give Fleetbeat a database of its own.`,
  );

/**
 * Throws DatabaseRefused with everything that this version needs and does not find: requests that use it would fail. Returns
 * warnings for missing indices, without which everything works, though slowly. More than is needed is fine: the tables may be
 * those of a newer version.
 */
export async function checkSchema(dataSource: DataSource, dialect: Dialect): Promise<string[]> {
  const { tables, objects } = await dialect.readTables((sql) => dataSource.query(sql));
  const lengths = listTextLengths(dataSource.migrations as TableMigration[]);
  const problems = dataSource.entityMetadatas.flatMap((entity) =>
    findProblems(entity, lengths, tables.get(entity.tableName)),
  );
  for (const name of listFullTextObjects(dialect.kind))
    if (!objects.has(name) && !tables.has(name))
      problems.push(`'${name}', the full-text index of learned_patterns, is missing`);
  if (problems.length > 0) {
    const listed = problems.slice(0, MAX_PROBLEMS).map((problem) => `- ${problem}`);
    throw new DatabaseRefused(
      `its tables are not those that this version needs. Restore a backup, or repair them by hand.\n${listed.join('\n')}`,
    );
  }
  return (dataSource.migrations as TableMigration[]).flatMap(({ creates, adds }) => {
    const { name: table, indices = {} } = creates ?? adds ?? { name: '' };
    const missing = Object.keys(indices).filter((index) => !objects.has(index));
    return missing.map(
      (index) => `the index '${index}' of ${table} is missing: reading is slow, and locks more than it needs`,
    );
  });
}

function findProblems(
  entity: EntityMetadata,
  lengths: ReadonlyMap<string, number>,
  table: ExistingTable | undefined,
): string[] {
  const { tableName: name } = entity;
  if (!table) return [`the table '${name}' is missing`];
  if (table.problem) return [`the table '${name}' ${table.problem}`];
  const needed = new Map(entity.columns.map((column) => [column.databaseName, column]));
  const problems = [...needed].flatMap(([column, { type, isNullable }]) => {
    const existing = table.columns.get(column);
    if (!existing) return [`${name} has no column '${column}'`];
    const minLength = lengths.get(`${name}.${column}`) ?? 0;
    const { maxLength = minLength, collation = 'utf8mb4_bin', type: existingType = 'bigint' } = existing;
    return [
      isNullable && !existing.isNullable && 'must allow NULL',
      maxLength < minLength && `holds ${maxLength} characters and not ${minLength}`,
      collation !== 'utf8mb4_bin' && `has the collation ${collation} and not utf8mb4_bin`,
      type === 'bigint' && existingType !== 'bigint' && `is of the type ${existingType} and not bigint`,
    ].flatMap((problem) => (problem ? [`the column ${name}.${column} ${problem}`] : []));
  });
  const key = entity.primaryColumns.map(({ databaseName }) => databaseName);
  if (key.length !== table.primaryKey.size || !key.every((column) => table.primaryKey.has(column)))
    problems.push(`the primary key of ${name} is (${[...table.primaryKey].join(', ')}) and not (${key.join(', ')})`);
  for (const [column, { isNullable, hasDefault }] of table.columns)
    if (!needed.has(column) && !isNullable && !hasDefault)
      problems.push(`the column ${name}.${column} is not known, and demands a value`);
  return problems;
}
