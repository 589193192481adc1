/** Another connection to the same database that locks rows for as long as a test wants. */
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { eventually } from './eventually.ts';
import type { TestDatabase } from './test-database.ts';

export interface LockHolder {
  /** Begins a transaction that the database would rather keep than another's: of two, the one that wrote less must yield. */
  beginHeavyTransaction(): Promise<void>;
  /** Locks what the query finds; waits for whoever holds it. */
  lock(query: string): Promise<void>;
  /** Resolves when so many other transactions wait for a lock. */
  waitForBlocked(transactions: number): Promise<void>;
  /** How many other transactions wait for a lock. */
  countBlockedTransactions(): Promise<number>;
  release(): Promise<void>;
  /** Changes what it has locked, and releases it so. */
  commit(statement: string, values: readonly (string | number)[]): Promise<void>;
  close(): Promise<void>;
}

const BALLAST_ROWS = 500;
/** What InnoDB tells of transactions is as old as its last look, unless nobody has looked for a tenth of a second. */
const STATS_REFRESH_MS = 150;

export async function openLockHolder({ url }: TestDatabase): Promise<LockHolder> {
  const connection = await mysql.createConnection(url);
  await connection.query('SET SESSION innodb_lock_wait_timeout = 60');
  await connection.query('CREATE TABLE IF NOT EXISTS ballast (id INT PRIMARY KEY, n INT NOT NULL) ENGINE = InnoDB');
  await connection.query(
    `INSERT IGNORE INTO ballast (id, n) VALUES ${Array.from({ length: BALLAST_ROWS }, (_, id) => `(${id}, 0)`).join(', ')}`,
  );
  return {
    async beginHeavyTransaction() {
      await connection.query('BEGIN');
      await connection.query('UPDATE ballast SET n = n + 1');
    },
    lock: async (query) => void (await connection.query(`${query} FOR UPDATE`)),
    waitForBlocked: (transactions) =>
      eventually(async () => {
        await new Promise((resolve) => setTimeout(resolve, STATS_REFRESH_MS));
        return (await waiting(connection)) >= transactions;
      }).then(() => undefined),
    countBlockedTransactions: () => waiting(connection),
    release: async () => void (await connection.query('ROLLBACK')),
    async commit(statement, values) {
      await connection.query(statement, [...values]);
      await connection.query('COMMIT');
    },
    close: () => connection.end(),
  };
}

async function waiting(connection: Connection): Promise<number> {
  const [rows] = await connection.query<(RowDataPacket & { n: number })[]>(
    "SELECT COUNT(*) AS n FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'",
  );
  return Number(rows[0]?.n);
}
