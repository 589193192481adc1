/** A second connection to the database under test, to put rows into tables that no operation fills yet. */
import libsql from 'libsql';
import mysql from 'mysql2/promise';
import type { TestDatabase } from './databases.ts';

export type Row = Readonly<Record<string, string | number | null>>;

export async function insertRows(database: TestDatabase, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const marks = columns.map(() => '?').join(', ');
  const statement = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`;
  const values = rows.map((row) => columns.map((column) => row[column] ?? null));
  if (database.kind === 'sqlite') {
    const connection = new libsql(database.url.slice('sqlite:'.length), { timeout: 5_000 });
    for (const each of values) connection.prepare(statement).run(...each);
    connection.close();
  } else {
    const connection = await mysql.createConnection(database.url);
    for (const each of values) await connection.query(statement, each);
    await connection.end();
  }
}
