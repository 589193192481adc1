/** Private servers of both kinds, for what no test may do to the server that the others use. */
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { startBreakableMysql } from './find-mysql.ts';
import { startMysqld } from './mysqld.ts';
import type { PrivateMysql } from './private-mysql.ts';

/** The server of this machine (MariaDB where it is MariaDB), and MySQL 8.4 or 9. */
export const MYSQL_KINDS = ['mariadb', 'mysql'] as const;
export type MysqlKind = (typeof MYSQL_KINDS)[number];

/** Null where there is no such server, which the output of the tests says. */
export async function startKind(kind: MysqlKind, options: readonly string[] = []): Promise<PrivateMysql | null> {
  if (kind === 'mariadb') return startBreakableMysql(process.env, options);
  try {
    return await startMysqld(options);
  } catch (error) {
    console.warn(`NOT TESTED on MySQL: ${(error as Error).message}`);
    return null;
  }
}

/** Runs statements as root, one after the other on one connection, and resolves with the rows of the last. */
export async function runAsRoot({ url }: PrivateMysql, ...statements: readonly string[]): Promise<RowDataPacket[]> {
  const connection = await createConnection({ uri: url, ssl: { rejectUnauthorized: false } }).catch(() =>
    createConnection(url),
  );
  try {
    let rows: RowDataPacket[] = [];
    for (const statement of statements) [rows] = await connection.query<RowDataPacket[]>(statement);
    return rows;
  } finally {
    await connection.end();
  }
}
