/** SQLite, the embedded default: one file, one connection, WAL, every commit synced to disk. */
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import libsql from 'libsql';
import type { DataSource } from 'typeorm';
import { sqliteMatch } from '../full-text.ts';
import { type Dialect, getErrorCode } from './dialect.ts';
import { readSqliteTables } from './read-tables.ts';

/** The process serves no requests during migrations, so blocking the thread is fine. */
const MIGRATION_BUSY_TIMEOUT_MS = 5_000;
/** SQLite blocks the event loop while it waits for a lock, so it gives up at once and the store retries. */
const BUSY_TIMEOUT_MS = 1;
const CLOSING_BUSY_TIMEOUT_MS = 1_000;

/** SQLite's default of 2 MB does not hold the inner pages of large tables: fleet health took twice as long. */
const CACHE_KB = 16_384;

const FILE_LOST_CODE = 'DATABASE_FILE_LOST';

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
    // By `exec`, which ends its statement: a prepared BEGIN that finds the file locked keeps its view of the file until it is
    // collected, and after the next write by another process each later BEGIN fails.
    begin: async (runner) => ((await runner.connect()) as { exec(sql: string): void }).exec('BEGIN IMMEDIATE'),
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
    nowSql: null,
    poolStats: () => null,
    patternSearchCondition: sqliteMatch,
    onUnavailable: () => undefined,
    // All that durability depends on is set on the connection.
    checkSettings: async () => [],
    readTables: readSqliteTables,
    listenForDoubts: () => undefined,
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

const OWNER_ONLY = 0o600;
/** The database, its write-ahead log, and the index of the log. */
const SUFFIXES = ['', '-wal', '-shm'];
/** A commit is in one of these two. */
const CHECKED_SUFFIXES = ['', '-wal'];

/**
 * Creates the file if necessary and removes the access of group and others, whatever the umask. SQLite creates the other
 * files with the mode of the database. Calls `warn` where the file system or the owner of a file does not allow that.
 */
function makePrivate(file: string, warn: (message: string) => void): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // Never opened when it exists: closing it would release the locks of another connection of this process.
    closeSync(openSync(file, 'wx', OWNER_ONLY));
  } catch (error) {
    if (getErrorCode(error) !== 'EEXIST') throw error;
  }
  for (const path of SUFFIXES.map((suffix) => file + suffix)) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile() || (stats.mode & 0o777) === OWNER_ONLY) continue;
    try {
      chmodSync(path, OWNER_ONLY);
    } catch (error) {
      warn(`${path} may be open to others, and its mode cannot be changed: ${(error as Error).message}`);
    }
  }
}

/** Detects that the files of an open database were removed or replaced: commits would then be lost with them. */
class FileGuard {
  #opened: readonly string[] | null = null;
  #isLost = false;

  constructor(
    private readonly file: string,
    private readonly warn: (message: string) => void,
  ) {}

  /** Call it when both files exist. */
  remember(): void {
    this.#opened = this.#readIdentities();
  }

  /** Throws while a file is not the one that was opened. Called before every operation, and takes about 5 µs. */
  check(): void {
    if (!this.#opened) return;
    const current = this.#readIdentities();
    const index = current.findIndex((identity, position) => identity !== this.#opened?.[position]);
    if (index < 0) {
      if (this.#isLost) this.warn(`${this.file} is back`);
      this.#isLost = false;
      return;
    }
    const problem = `${this.file}${CHECKED_SUFFIXES[index]} was ${current[index] === '' ? 'removed' : 'replaced'} while the server had it open`;
    if (!this.#isLost) this.warn(`${problem}: nothing is read or written. Put it back, or restart the server`);
    this.#isLost = true;
    throw Object.assign(new Error(problem), { code: FILE_LOST_CODE });
  }

  #readIdentities(): string[] {
    return CHECKED_SUFFIXES.map((suffix) => {
      const stats = statSync(this.file + suffix, { throwIfNoEntry: false });
      return stats ? `${stats.dev}:${stats.ino}` : '';
    });
  }
}
