/** The SELECT statements that a server in this process sends to its database, and what the database does for each. */
import libsql from 'libsql';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { connect } from './sql.ts';
import { startStatementRecorder } from './statement-recorder.ts';
import type { TestDatabase } from './test-database.ts';

export interface ReadRecorder {
  /** The database's URL through this recorder. */
  readonly url: string;
  /** The statements since the previous call, each once. */
  takeReads(): readonly string[];
  /** Rows that the database reads for the statement: counted on MySQL; on SQLite infinite where the plan has no index for it. */
  countRowsRead(statement: string): Promise<{ readonly rows: number; readonly plan: string }>;
  close(): Promise<void>;
}

export const startReadRecorder = (database: TestDatabase): Promise<ReadRecorder> =>
  database.kind === 'mysql' ? recordMysql(database) : recordSqlite(database);

const isRead = (statement: string): boolean => /^\s*SELECT\b/i.test(statement);

async function recordMysql(database: TestDatabase): Promise<ReadRecorder> {
  const recorder = await startStatementRecorder(database.url);
  const connection = await createConnection(database.url);
  // The collation of the server's own connections: with another one the database could not use the indices.
  await connection.query('SET NAMES utf8mb4 COLLATE utf8mb4_bin');
  const countReads = async () => {
    const [rows] = await connection.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Handler\\_read\\_%'");
    return rows.reduce((sum, row) => sum + Number(row['Value']), 0);
  };
  return {
    url: recorder.url,
    takeReads: () => [...new Set(recorder.takeStatements().map(({ text }) => text))].filter(isRead),
    async countRowsRead(statement) {
      const before = await countReads();
      // Reading the status reads rows of its own.
      const overhead = (await countReads()) - before;
      const start = await countReads();
      await connection.query(statement);
      const rows = (await countReads()) - start - overhead;
      const [plan] = await connection.query<RowDataPacket[]>(`EXPLAIN ${statement}`);
      return { rows, plan: JSON.stringify(plan) };
    },
    async close() {
      await connection.end();
      await recorder.close();
    },
  };
}

async function recordSqlite(database: TestDatabase): Promise<ReadRecorder> {
  const recorded = new Set<string>();
  const { prepare } = libsql.prototype;
  const replacePrepare = (value: unknown) =>
    Object.defineProperty(libsql.prototype, 'prepare', { value, configurable: true, writable: true });
  replacePrepare(function prepareRecorded(this: libsql.Database, text: string) {
    const statement = prepare.call(this, text);
    // Recorded when it runs: the driver keeps what it has prepared.
    for (const method of ['all', 'get', 'run'] as const) {
      const run = statement[method].bind(statement) as (...values: unknown[]) => unknown;
      const recordAndRun = (...values: unknown[]) => {
        recorded.add(text);
        return run(...values);
      };
      Object.assign(statement, { [method]: recordAndRun });
    }
    return statement;
  });
  const sql = await connect(database);
  return {
    url: database.url,
    takeReads() {
      const reads = [...recorded].filter(isRead);
      recorded.clear();
      return reads;
    },
    async countRowsRead(statement) {
      const steps = await sql.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`);
      const plan = steps.map(({ detail }) => detail).join('; ');
      // `findKeysInRanges` reads a page from each range of an index, and sorts these few rows.
      const others = plan.replace(/SCAN range\d+(; USE TEMP B-TREE FOR ORDER BY)?/g, '');
      const isUnindexed = /\bSCAN (?!CONSTANT ROW|dummy_table)|USE TEMP B-TREE FOR ORDER BY/.test(others);
      return { rows: isUnindexed ? Number.POSITIVE_INFINITY : 0, plan };
    },
    async close() {
      replacePrepare(prepare);
      await sql.close();
    },
  };
}
