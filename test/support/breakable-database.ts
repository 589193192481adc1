/** A database that can go away and come back under a running server, and be changed behind its back. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import libsql from 'libsql';
import mysql from 'mysql2/promise';
import { startProxy } from './cuttable-proxy.ts';
import { newDatabase, type TestDatabase } from './databases.ts';

export interface BreakableDatabase extends TestDatabase {
  /** From now on every look at it fails. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

export async function newBreakableDatabase(): Promise<BreakableDatabase> {
  const database = await newDatabase();
  return database.kind === 'sqlite' ? breakableSqlite(database) : breakableMysql(database);
}

/** The network between server and database can be cut. */
async function breakableMysql(database: TestDatabase): Promise<BreakableDatabase> {
  const proxy = await startProxy(database.url);
  return {
    ...database,
    url: proxy.url,
    goAway: () => proxy.cut(),
    comeBack: () => proxy.mend(),
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
  const log = `${fileOf(database)}-wal`;
  let version = 0;
  let kept: Buffer | undefined;
  return {
    ...database,
    async goAway() {
      version += 1;
      await runSql(database, `PRAGMA user_version = ${version}`);
      kept = readFileSync(log);
      truncateSync(log, 0);
    },
    async comeBack() {
      if (kept) writeFileSync(log, kept);
      kept = undefined;
    },
  };
}

const fileOf = ({ url }: TestDatabase): string => url.slice('sqlite:'.length);

/** Speaks to a database behind the server's back, over a connection of its own; resolves with the last answer's rows. */
export async function runSql(database: TestDatabase, ...statements: string[]): Promise<Record<string, unknown>[]> {
  let rows: unknown = [];
  if (database.kind === 'sqlite') {
    const connection = new libsql(fileOf(database), { timeout: 5_000 });
    for (const statement of statements) {
      const prepared = connection.prepare(statement);
      rows = prepared.reader ? prepared.all() : void prepared.run();
    }
    connection.close();
  } else {
    const connection = await mysql.createConnection(database.url);
    for (const statement of statements) [rows] = await connection.query(statement);
    await connection.end();
  }
  return rows as Record<string, unknown>[];
}

const TABLES = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  mysql: 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
};

/** Puts every table out of the server's sight but those named. */
export async function hideTables(database: TestDatabase, { but }: { but: readonly string[] }): Promise<void> {
  const names = (await runSql(database, TABLES[database.kind])).map((row) => String(row['name']));
  const hidden = names.filter((name) => !but.includes(name) && !name.startsWith('hidden_'));
  await runSql(database, ...hidden.map((name) => `ALTER TABLE ${name} RENAME TO hidden_${name}`));
}
