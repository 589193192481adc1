/** Whichever way a transaction's statements take to a real database, none takes effect outside of it. */
import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTimeoutDriver } from '../../../server/platform/database/dialects/mysql-timeouts.ts';
import { runSql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let pool: Pool;
let connection: PoolConnection;
beforeAll(async () => {
  database = await createTestDatabase();
  await runSql(database, 'CREATE TABLE rows_of_test (id INT PRIMARY KEY, word VARCHAR(50)) ENGINE = InnoDB');
  const { createPool } = createTimeoutDriver(() => []).driver as { createPool(options: object): Pool };
  pool = createPool({ uri: database.url, connectionLimit: 1, multipleStatements: true });
  connection = await new Promise((resolve, reject) =>
    pool.getConnection((error, free) => (error ? reject(error) : resolve(free))),
  );
});
afterAll(async () => {
  await pool.promise().end();
  await database.remove();
});
beforeEach(() => connection.promise().query('DELETE FROM rows_of_test'));

const words = async () => {
  const rows = (await runSql(database, 'SELECT word FROM rows_of_test ORDER BY id')) as { word: string }[];
  return rows.map(({ word }) => word);
};

const INSERT = "INSERT INTO rows_of_test VALUES (1, 'in it')";

const WAYS: [string, () => Promise<unknown>][] = [
  ['query', () => connection.promise().query(INSERT)],
  ['query with options', () => connection.promise().query({ sql: INSERT })],
  ['execute', () => connection.promise().execute<ResultSetHeader>(INSERT)],
  [
    'a stream',
    () =>
      new Promise((resolve, reject) => {
        const query = connection.query(INSERT);
        query.on('end', () => resolve(undefined)).on('error', reject);
      }),
  ],
  [
    'prepare',
    async () => {
      const statement = await connection.promise().prepare(`${INSERT} /* prepared */`);
      await statement.execute([]);
    },
  ],
];

test.each(WAYS)('what %s does is gone after a rollback, and there after a commit', async (_way, insert) => {
  await connection.promise().query('START TRANSACTION');
  await insert();
  await connection.promise().query('ROLLBACK');
  expect(await words()).toEqual([]);
  await connection.promise().query('START TRANSACTION');
  await insert();
  expect(await words()).toEqual([]);
  await connection.promise().query('COMMIT');
  expect(await words()).toEqual(['in it']);
});

test('a literal may have a ; and a comment may end a statement that another is joined to', async () => {
  await connection.promise().query('START TRANSACTION');
  await connection.promise().query("INSERT INTO rows_of_test VALUES (1, 'a;b\\';c?') -- and; so on?");
  await connection.promise().query('START TRANSACTION');
  await connection.promise().query('SELECT word FROM rows_of_test -- all?');
  const [rows] = await connection.promise().query<RowDataPacket[]>('SELECT COUNT(*) AS n FROM rows_of_test # all');
  expect(rows).toEqual([{ n: 1 }]);
  await connection.promise().query('COMMIT');
  expect(await words()).toEqual(["a;b';c?"]);
});
