/** SQLite, the embedded default: one file, one connection, WAL, every commit synced to disk. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import libsql from 'libsql';
import { sqliteMatch } from '../full-text.ts';
import { type Dialect, getErrorCode } from './dialect.ts';

/** The process serves no requests during migrations, so blocking the thread is fine. */
const MIGRATION_BUSY_TIMEOUT_MS = 5_000;
/** SQLite blocks the event loop while it waits for a lock, so it gives up at once and the store retries. */
const BUSY_TIMEOUT_MS = 1;

/** SQLite's default of 2 MB does not hold the inner pages of large tables: fleet health took twice as long. */
const CACHE_KB = 16_384;

/** `file` is the path of the database, relative to the working directory, or `:memory:`. */
export function sqlite(file: string): Dialect {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
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
    connect: async () => undefined,
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
        await runner.query(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      } catch (error) {
        await runner.query('ROLLBACK');
        throw error;
      }
    },
    poolStats: () => null,
    patternSearchCondition: sqliteMatch,
    onUnavailable: () => undefined,
    close: () => undefined,
    classifyError(error) {
      const code = getErrorCode(error);
      if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE') return 'duplicate';
      if (code === 'SQLITE_FULL') return 'full';
      if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'conflict';
      if (/^SQLITE_(IOERR|CANTOPEN|READONLY)/.test(code)) return 'unavailable';
      return /not open|closed/i.test(error instanceof Error ? error.message : '') ? 'unavailable' : 'other';
    },
  };
}
