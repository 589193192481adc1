/** One migration makes one table. What exists already is left alone, so that a migration cut short can run again. */
import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions, TableIndex } from 'typeorm';

/** Columns as the migrations write them down; `columns.ts` has the same words for the entities. */
export interface TablePlan {
  readonly name: string;
  /** When it was written, as yyyymmddnnn; TypeORM runs migrations in this order. */
  readonly number: number;
  readonly columns: Readonly<Record<string, ColumnPlan>>;
  readonly key: readonly string[];
  readonly indices?: Readonly<Record<string, readonly string[]>>;
}

type Word = 'id' | 'word' | 'line' | 'text' | 'whole' | 'real' | 'flag';
export type ColumnPlan = Word | `${Word}?`;

const VARCHAR = { id: '100', word: '20', line: '200' } as const;

export function tableMigration(plan: TablePlan): new () => MigrationInterface {
  const name = `Create${plan.name}${plan.number}`;
  return class {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      const mysql = runner.dataSource.options.type === 'mysql';
      const columns = Object.entries(plan.columns).map(([column, kind]) => columnOf(column, kind, plan, mysql));
      const indices = Object.entries(plan.indices ?? {}).map(
        ([index, columnNames]) => new TableIndex({ name: index, columnNames: [...columnNames] }),
      );
      const engine = mysql ? { engine: 'InnoDB' } : {};
      await runner.createTable(new Table({ name: plan.name, columns, indices, ...engine }), true);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.dropTable(plan.name, true);
    }
  };
}

function columnOf(name: string, plan: ColumnPlan, { key }: TablePlan, mysql: boolean): TableColumnOptions {
  const kind = plan.replace('?', '') as Word;
  const collation = mysql ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {};
  const base = { name, isNullable: plan.endsWith('?'), isPrimary: key.includes(name) };
  switch (kind) {
    case 'id':
    case 'word':
    case 'line':
      return { ...base, type: 'varchar', length: VARCHAR[kind], ...collation };
    case 'text':
      return { ...base, type: mysql ? 'mediumtext' : 'text', ...collation };
    case 'whole':
      return { ...base, type: 'bigint' };
    case 'real':
      return { ...base, type: 'double' };
    case 'flag':
      return { ...base, type: 'smallint' };
  }
}
