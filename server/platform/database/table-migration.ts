/** Migrations that create or extend one table. Existing objects are kept, so that an interrupted migration can run again. */
import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions, TableIndex } from 'typeorm';

/** A table, with the column types that `columns.ts` has for entities. */
export interface TableDefinition {
  readonly name: string;
  /** yyyymmddnnn; TypeORM runs migrations in this order. */
  readonly timestamp: number;
  readonly columns: Readonly<Record<string, ColumnDefinition>>;
  readonly primaryKey: readonly string[];
  readonly indices?: Readonly<Record<string, readonly string[]>>;
}

/** What the migrations of this file tell about themselves, for the check of the tables. */
export interface TableMigration {
  readonly creates?: TableDefinition;
  readonly adds?: Omit<TableDefinition, 'primaryKey'>;
}

type ColumnType = 'id' | 'shortString' | 'string' | 'text' | 'integer' | 'double' | 'boolean';
export type ColumnDefinition = ColumnType | `${ColumnType}?`;

/** The lengths on MySQL; text is MEDIUMTEXT there. */
const MAX_LENGTHS: Readonly<Record<string, number>> = { id: 100, shortString: 20, string: 200, text: 16_777_215 };

/** How long each column of text must be able to be, as `table.column`. */
export function listTextLengths(migrations: readonly TableMigration[]): ReadonlyMap<string, number> {
  const definitions = migrations.flatMap(({ creates, adds }) => creates ?? adds ?? []);
  return new Map(
    definitions.flatMap(({ name, columns }) =>
      Object.entries(columns).map(([column, kind]): [string, number] => [
        `${name}.${column}`,
        MAX_LENGTHS[kind.replace('?', '')] ?? 0,
      ]),
    ),
  );
}

export function createTableMigration(definition: TableDefinition): new () => MigrationInterface {
  const name = `Create${definition.name}${definition.timestamp}`;
  return class implements TableMigration {
    readonly name = name;
    readonly creates = definition;

    async up(runner: QueryRunner): Promise<void> {
      const mysql = runner.dataSource.options.type === 'mysql';
      const columns = Object.entries(definition.columns).map(([column, kind]) =>
        toTableColumn(column, kind, definition, mysql),
      );
      const indices = Object.entries(definition.indices ?? {}).map(
        ([index, columnNames]) => new TableIndex({ name: index, columnNames: [...columnNames] }),
      );
      const engine = mysql ? { engine: 'InnoDB' } : {};
      await runner.createTable(new Table({ name: definition.name, columns, indices, ...engine }), true);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.dropTable(definition.name, true);
    }
  };
}

/** Adds columns, which must be nullable, and indices to a table. Existing ones are kept. */
export function extendTableMigration(definition: Omit<TableDefinition, 'primaryKey'>): new () => MigrationInterface {
  const table = definition.name;
  const indices = Object.entries(definition.indices ?? {});
  return class implements TableMigration {
    readonly name = `Extend${table}${definition.timestamp}`;
    readonly adds = definition;

    async up(runner: QueryRunner): Promise<void> {
      const mysql = runner.dataSource.options.type === 'mysql';
      for (const [name, kind] of Object.entries(definition.columns)) {
        if (await runner.hasColumn(table, name)) continue;
        // Not addColumn: on SQLite it copies the table, and an interrupted copy cannot be run again.
        const { type, length, charset, collation } = toTableColumn(
          name,
          kind,
          { ...definition, primaryKey: [] },
          mysql,
        );
        const text = charset ? ` CHARACTER SET ${charset} COLLATE ${collation}` : '';
        await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}${length ? `(${length})` : ''}${text} NULL`);
      }
      const existing = new Set((await runner.getTable(table))?.indices.map(({ name }) => name));
      for (const [name, columnNames] of indices) {
        if (existing.has(name)) continue;
        await runner.createIndex(table, new TableIndex({ name, columnNames: [...columnNames] }));
      }
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const [name] of indices) await runner.dropIndex(table, name);
      for (const name of Object.keys(definition.columns)) await runner.dropColumn(table, name);
    }
  };
}

function toTableColumn(
  name: string,
  definition: ColumnDefinition,
  { primaryKey }: TableDefinition,
  mysql: boolean,
): TableColumnOptions {
  const kind = definition.replace('?', '') as ColumnType;
  const collation = mysql ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {};
  const base = { name, isNullable: definition.endsWith('?'), isPrimary: primaryKey.includes(name) };
  switch (kind) {
    case 'id':
    case 'shortString':
    case 'string':
      return { ...base, type: 'varchar', length: String(MAX_LENGTHS[kind]), ...collation };
    case 'text':
      return { ...base, type: mysql ? 'mediumtext' : 'text', ...collation };
    case 'integer':
      return { ...base, type: 'bigint' };
    case 'double':
      return { ...base, type: 'double' };
    case 'boolean':
      return { ...base, type: 'smallint' };
  }
}
