/** The database of the first release, by its recorded migrations: upgraded in place, while the old version still writes. */
import { readFileSync } from 'node:fs';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readMysqlTables, readSqliteTables } from '../../../server/platform/database/dialects/read-tables.ts';
import type { ExistingTables } from '../../../server/platform/database/schema-check.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startTestServer } from '../../support/test-server.ts';

/** The last migration of 0.1.0. */
const LAST_TIMESTAMP = 1_763_800_000_060;
const MIGRATIONS_TABLE = {
  sqlite: 'id integer PRIMARY KEY AUTOINCREMENT NOT NULL, timestamp bigint NOT NULL, name varchar NOT NULL',
  mysql: 'id int NOT NULL AUTO_INCREMENT PRIMARY KEY, timestamp bigint NOT NULL, name varchar(255) NOT NULL',
};

let database: TestDatabase;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = await connect(database);
  await createFirstRelease();
});
afterEach(async () => {
  await sql.close();
  await database.remove();
});

async function createFirstRelease(): Promise<void> {
  const { kind, url } = database;
  const text = readFileSync(new URL(`recorded-migrations/${kind}.sql`, import.meta.url), 'utf8');
  const [, ...parts] = text.split(/^-- (\S+)$/m);
  const recorded = parts.flatMap((name, index) => (index % 2 === 0 ? [{ name, text: parts[index + 1] ?? '' }] : []));
  const migrations = recorded
    .map((migration) => ({ ...migration, timestamp: Number(/\d{13}$/.exec(migration.name)?.[0]) }))
    .filter(({ timestamp }) => timestamp <= LAST_TIMESTAMP)
    .sort((a, b) => a.timestamp - b.timestamp);
  expect(migrations.length).toBeGreaterThan(20);
  await sql.query(`CREATE TABLE migrations (${MIGRATIONS_TABLE[kind]})`);
  // Triggers have semicolons of their own, which SQLite's driver knows how to read.
  const file = kind === 'sqlite' ? new Database(url.slice('sqlite:'.length)) : null;
  for (const { name, timestamp, text: statements } of migrations) {
    if (file) file.exec(statements);
    else for (const statement of statements.split(';\n')) await sql.query(statement);
    await sql.query('INSERT INTO migrations (timestamp, name) VALUES (?, ?)', [timestamp, name]);
  }
  file?.close();
}

const readTables = (): Promise<ExistingTables> =>
  (database.kind === 'sqlite' ? readSqliteTables : readMysqlTables)((text) => sql.query(text));

/** Inserts a row into every table of the first release, with the columns that it knows, as its servers do. */
async function writeAsFirstRelease({ tables }: ExistingTables): Promise<number> {
  let written = 0;
  for (const [table, { columns, primaryKey }] of tables) {
    if (primaryKey.size === 0 || ['migrations', 'pattern_numbers'].includes(table) || table.startsWith('pattern_words'))
      continue;
    const names = [...columns.keys()];
    const quoted = names.map((name) => `\`${name}\``).join(', ');
    await sql.query(
      `INSERT INTO ${table} (${quoted}) VALUES (${names.map(() => '?').join(', ')})`,
      names.map(() => '1'),
    );
    await sql.query(`DELETE FROM ${table} WHERE \`${[...primaryKey][0]}\` = '1'`);
    written += 1;
  }
  return written;
}

test('a database of the first release is upgraded in place; what it holds is there, and its servers go on writing', async () => {
  const first = await readTables();
  await sql.query(
    `INSERT INTO sessions (accountId, sessionId, programId, name, state, handoffRequired, createdAt, updatedAt, lastHeartbeat, lastProgressAt, archived, changes)
     VALUES ('main', 's-old', 'builder', 'From the first release', 'working', 0, 1, 1, 1, 1, 0, 0)`,
  );
  expect(await writeAsFirstRelease(first)).toBeGreaterThan(18);
  const server = await startTestServer({ database, jobs: false });
  expect((await server.admin.sessions.get('s-old')).name).toBe('From the first release');
  // Beside the new server.
  expect(await writeAsFirstRelease(first)).toBeGreaterThan(18);
  const { client, programId } = await server.createProgram();
  await client.sessions.create({ name: 'New', sessionId: 's-new' });
  await client.questions.ask({ title: 'May I?', sessionId: 's-new' });
  expect((await client.state.update(programId, { contextSummary: { lastTask: 'Work' } })).version).toBe(1);
  await server.close();
  const again = await startTestServer({ database, jobs: false });
  expect((await again.admin.sessions.get('s-new')).state).toBe('blocked');
  await again.close();
});
