/** A database that can become unavailable and return under a running server, and be changed directly. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { startProxy } from './cuttable-proxy.ts';
import { connect } from './sql.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export interface BreakableDatabase extends TestDatabase {
  /** Makes every access fail from now on. */
  makeUnavailable(): Promise<void>;
  restore(): Promise<void>;
}

export async function createBreakableDatabase(): Promise<BreakableDatabase> {
  const database = await createTestDatabase();
  return database.kind === 'sqlite' ? breakableSqlite(database) : breakableMysql(database);
}

/** The connection between server and database can be cut. */
async function breakableMysql(database: TestDatabase): Promise<BreakableDatabase> {
  const proxy = await startProxy(database.url);
  return {
    ...database,
    url: proxy.url,
    makeUnavailable: () => proxy.cut(),
    restore: () => proxy.restore(),
    async remove() {
      await proxy.close();
      await database.remove();
    },
  };
}

/**
 * The disk can lose the write-ahead log. A write to the first page makes every connection look there again, and what
 * it looks for is no longer in the file: SQLITE_IOERR, until the log is put back.
 */
function breakableSqlite(database: TestDatabase): BreakableDatabase {
  const log = `${getDatabaseFile(database)}-wal`;
  let version = 0;
  let savedLog: Buffer | undefined;
  return {
    ...database,
    async makeUnavailable() {
      version += 1;
      const sql = await connect(database);
      // A write that copies the whole log into the file, as one in a thousand pages does, would leave nothing to look for.
      await sql.query('PRAGMA wal_autocheckpoint = 0');
      await sql.query(`PRAGMA user_version = ${version}`);
      // Nobody commits between the two: that would be lost for good.
      await sql.query('BEGIN IMMEDIATE');
      savedLog = readFileSync(log);
      truncateSync(log, 0);
      await sql.query('ROLLBACK');
      await sql.close();
    },
    async restore() {
      if (savedLog) writeFileSync(log, savedLog);
      savedLog = undefined;
    },
  };
}

const getDatabaseFile = ({ url }: TestDatabase): string => url.slice('sqlite:'.length);

const TABLES = {
  // What a virtual table keeps its rows in follows it.
  sqlite:
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'",
  mysql: 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
};

/** Hides every table from the server except those named. */
export async function hideTables(database: TestDatabase, { except }: { except: readonly string[] }): Promise<void> {
  const sql = await connect(database);
  const names = (await sql.query<{ name: string }>(TABLES[database.kind])).map(({ name }) => name);
  for (const name of names.filter((each) => !except.includes(each) && !each.startsWith('hidden_'))) {
    await sql.query(`ALTER TABLE ${name} RENAME TO hidden_${name}`);
  }
  await sql.close();
}
