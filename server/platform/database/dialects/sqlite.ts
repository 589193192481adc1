/** SQLite, the embedded default: one file, one connection, WAL, every commit synced to disk. */
import libsql from 'libsql';
import type { DataSource } from 'typeorm';
import { sqliteMatch } from '../full-text.ts';
import { type Dialect, getErrorCode } from './dialect.ts';
import { FILE_LOST_CODE, FileGuard, makePrivate } from './sqlite-file.ts';

/** The process serves no requests during migrations, so blocking the thread is fine. */
const MIGRATION_BUSY_TIMEOUT_MS = 5_000;
/** SQLite blocks the event loop while it waits for a lock, so it gives up at once and the store retries. */
const BUSY_TIMEOUT_MS = 1;
const CLOSING_BUSY_TIMEOUT_MS = 1_000;

/** SQLite's default of 2 MB does not hold the inner pages of large tables: fleet health took twice as long. */
const CACHE_KB = 16_384;

/** `file` is the path of the database, relative to the working directory, or `:memory:`. `warn` receives log messages. */
export function sqlite(file: string, warn: (message: string) => void): Dialect {
  const isFile = file !== ':memory:';
  if (isFile) makePrivate(file, warn);
  const guard = new FileGuard(file, warn);
  return {
    kind: 'sqlite',
    singleConnection: true,
    options: {
      type: 'better-sqlite3',
      driver: libsql,
      database: file,
      timeout: MIGRATION_BUSY_TIMEOUT_MS,
      enableWAL: true,
      prepareDatabase: (database: { pragma(text: string): void }) => {
        database.pragma('synchronous = FULL');
        database.pragma(`cache_size = -${CACHE_KB}`);
      },
      logging: false,
    },
    connect: async () => guard.check(),
    // IMMEDIATE, because upgrading a read transaction to a write fails after any write by another process.
    begin: async (runner) => void (await runner.query('BEGIN IMMEDIATE')),
    beginSnapshot: async (runner) => void (await runner.query('BEGIN')),
    async commit(runner, queued) {
      for (const { sql, values } of queued) await runner.query(sql, [...values]);
      await runner.query('COMMIT');
    },
    rollback: async (runner) => void (await runner.query('ROLLBACK')),
    forUpdate: (query) => query,
    forUpdateClause: '',
    forUpdateSkipLockedClause: '',
    incrementCounter: ({ table, column, accountId }, by) => ({
      sql: `INSERT INTO ${table} (accountId, ${column}) VALUES (?, ?) ON CONFLICT (accountId) DO UPDATE SET ${column} = ${column} + excluded.${column}`,
      values: [accountId, by],
    }),
    counterValue: ({ table, column, accountId }) => ({
      sql: `(SELECT ${column} FROM ${table} WHERE accountId = ?)`,
      values: [accountId],
    }),
    onConflictUpdate: (keys, columns) =>
      `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    async withMigrationLock(dataSource, work) {
      const runner = dataSource.createQueryRunner();
      await runner.query('BEGIN IMMEDIATE');
      try {
        await work();
        await runner.query('COMMIT');
      } catch (error) {
        await runner.query('ROLLBACK');
        throw error;
      }
      await emptyLog(dataSource);
      await runner.query(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      if (isFile) guard.remember();
    },
    poolStats: () => null,
    patternSearchCondition: sqliteMatch,
    onUnavailable: () => undefined,
    // All that durability depends on is set on the connection.
    checkSettings: async () => [],
    async beforeClose(dataSource) {
      await dataSource.query(`PRAGMA busy_timeout = ${CLOSING_BUSY_TIMEOUT_MS}`);
      if (!(await emptyLog(dataSource)))
        warn(`${file} is not complete without ${file}-wal: another program uses it, or the disk is full`);
    },
    close: () => undefined,
    classifyError(error) {
      const code = getErrorCode(error);
      if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE') return 'duplicate';
      if (code === 'SQLITE_FULL') return 'full';
      if (code === FILE_LOST_CODE) return 'unavailable';
      if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'conflict';
      if (/^SQLITE_(IOERR|CANTOPEN|READONLY)/.test(code)) return 'unavailable';
      return /not open|closed/i.test(error instanceof Error ? error.message : '') ? 'unavailable' : 'other';
    },
  };
}

/**
 * Moves everything from the write-ahead log into the database file, so that the file alone is the whole database. SQLite does
 * that itself when the last connection closes, but the driver keeps its connection until the process ends. Returns false when
 * it could not: another process reads or writes, or the disk is full.
 */
const emptyLog = (dataSource: DataSource): Promise<boolean> =>
  dataSource.query('PRAGMA wal_checkpoint(TRUNCATE)').then(
    ([result]) => Number(result?.busy) === 0,
    () => false,
  );
