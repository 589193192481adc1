/** A direct connection to a test's database, for what no operation does or shows. */
import { DataSource } from 'typeorm';
import { createDialect } from '../../server/platform/database/open.ts';
import type { TestDatabase } from './test-database.ts';

export interface Sql {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function connect({ url }: TestDatabase): Promise<Sql> {
  const dataSource = await new DataSource((await createDialect(url)).options).initialize();
  return {
    query: (text, values = []) => dataSource.query(text, [...values]),
    close: () => dataSource.destroy(),
  };
}

/** Runs one statement on a connection of its own and resolves with its rows. */
export async function runSql(database: TestDatabase, text: string, values: readonly unknown[] = []) {
  const sql = await connect(database);
  const rows = await sql.query(text, values);
  await sql.close();
  return rows;
}
