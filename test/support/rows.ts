/** A second connection to the database under test, for what no operation can bring about yet. */
import libsql from 'libsql';
import mysql from 'mysql2/promise';
import type { TestDatabase } from './databases.ts';

type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

export async function runSql(database: TestDatabase, statement: string, values: readonly Value[]): Promise<void> {
  if (database.kind === 'sqlite') {
    const connection = new libsql(database.url.slice('sqlite:'.length), { timeout: 5_000 });
    connection.prepare(statement).run(...values);
    connection.close();
  } else {
    const connection = await mysql.createConnection(database.url);
    await connection.query(statement, [...values]);
    await connection.end();
  }
}

export async function insertRow(database: TestDatabase, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const marks = columns.map(() => '?').join(', ');
  await runSql(database, `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`, Object.values(row));
}
