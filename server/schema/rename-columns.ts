/** Migrations that rename columns. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

interface ColumnRenames {
  readonly table: string;
  readonly timestamp: number;
  /** Old name → new name. */
  readonly columns: Readonly<Record<string, string>>;
}

/**
 * A migration that renames columns and keeps their values. The server before it can't run beside the new schema, so it is only
 * for columns that no released version reads. A column that already has its new name is left alone: MySQL commits each
 * ALTER by itself, so a migration that was cut short runs again.
 */
function createRenameMigration({ table, timestamp, columns }: ColumnRenames): new () => MigrationInterface {
  const rename = async (runner: QueryRunner, from: string, to: string) => {
    if (await runner.hasColumn(table, from)) await runner.query(`ALTER TABLE ${table} RENAME COLUMN ${from} TO ${to}`);
  };
  return class {
    readonly name = `RenameColumnsOf${table}${timestamp}`;

    async up(runner: QueryRunner): Promise<void> {
      for (const [from, to] of Object.entries(columns)) await rename(runner, from, to);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const [from, to] of Object.entries(columns)) await rename(runner, to, from);
    }
  };
}

export const renameMigrations = [
  createRenameMigration({
    table: 'sessions',
    timestamp: 1763800000060,
    columns: { staleTold: 'staleNotifiedFor', stuckTold: 'stuckNotifiedFor' },
  }),
];
