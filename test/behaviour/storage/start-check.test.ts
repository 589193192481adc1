/** A start refuses, by name, tables with which requests would fail, and those of another program before it changes anything. */
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { openStore } from '../../../server/platform/database/open.ts';
import { schema } from '../../../server/schema/index.ts';
import { runFailingStart } from '../../support/server-process.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const KIND = inject('databaseServer') === 'sqlite' ? 'sqlite' : 'mysql';

let database: TestDatabase;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = await connect(database);
});
afterEach(async () => {
  await sql.close();
  await database.remove();
});

const open = async () => {
  const warnings: string[] = [];
  const store = await openStore(database.url, schema, (warning) => warnings.push(warning));
  await store.close();
  return warnings;
};

const listTables = async () =>
  (
    await sql.query<{ name: string }>(
      KIND === 'sqlite'
        ? "SELECT name FROM sqlite_master WHERE type = 'table'"
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    )
  ).map(({ name }) => name);

describe('after the migrations', () => {
  beforeEach(async () => {
    expect(await open()).toEqual([]);
  });

  const BOTH: readonly (readonly [statements: string, message: RegExp])[] = [
    ['ALTER TABLE kept_answers DROP COLUMN requestHash', /kept_answers has no column 'requestHash'/],
    ['DROP TABLE mass_silences', /the table 'mass_silences' is missing/],
  ];
  const ON_MYSQL = [
    [
      'ALTER TABLE kept_answers DROP PRIMARY KEY, ADD PRIMARY KEY (keyId, idempotencyKey)',
      /the primary key of kept_answers is \(keyId, idempotencyKey\) and not \(/,
    ],
    [
      'ALTER TABLE sessions MODIFY sessionId varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL',
      /sessions\.sessionId has the collation utf8mb4_general_ci/,
    ],
    [
      'ALTER TABLE sessions MODIFY name varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL',
      /sessions\.name holds 20 characters and not 200/,
    ],
    [
      'ALTER TABLE messages MODIFY text text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL',
      /messages\.text holds 65535 characters/,
    ],
    ['ALTER TABLE sessions MODIFY updatedAt int NOT NULL', /sessions\.updatedAt is of the type int and not bigint/],
    ['ALTER TABLE sessions MODIFY progress double NOT NULL', /sessions\.progress must allow NULL/],
    ['ALTER TABLE leases ENGINE = MyISAM', /'leases' is not of the engine InnoDB but MyISAM/],
    ['ALTER TABLE tasks ADD COLUMN owner int NOT NULL', /tasks\.owner is not known, and demands a value/],
    ['DROP INDEX learned_patterns_words ON learned_patterns', /'learned_patterns_words', the full-text index/],
  ] as const;
  const ON_SQLITE = [
    ['DROP TRIGGER pattern_words_update', /'pattern_words_update', the full-text index/],
    [
      'ALTER TABLE leases RENAME TO leases_before; CREATE VIEW leases AS SELECT * FROM leases_before',
      /'leases' is a view/,
    ],
  ] as const;

  test('everything that is not as needed is refused by name, at once', async () => {
    const changes = [...BOTH, ...(KIND === 'sqlite' ? ON_SQLITE : ON_MYSQL)];
    for (const [statements] of changes) for (const statement of statements.split('; ')) await sql.query(statement);
    const error = await open().then(
      () => new Error('It started'),
      (thrown: Error) => thrown,
    );
    for (const [, message] of changes) expect(error.message).toMatch(message);
    expect(error.message.match(/^- /gm)).toHaveLength(changes.length);
  });

  test('a missing index is in the log, and the server starts', async () => {
    await sql.query(KIND === 'sqlite' ? 'DROP INDEX tasks_pending' : 'DROP INDEX tasks_pending ON tasks');
    expect(await open()).toEqual([expect.stringContaining("the index 'tasks_pending' of tasks is missing")]);
  });

  test('a server says what is missing, not how it found out', async () => {
    await sql.query('ALTER TABLE sessions DROP COLUMN changes');
    const { code, output } = await runFailingStart({ DATABASE_URL: database.url });
    expect(code).toBe(1);
    expect(output).toMatch(
      /^Fleetbeat did not start\.\n\n {2}DATABASE_URL: its tables are not those that this version needs/,
    );
    expect(output).toContain("- sessions has no column 'changes'");
    expect(output).not.toMatch(/^\s+at /m);
  });
});

describe('before the first migration', () => {
  test.each([
    ['sessions', 'CREATE TABLE sessions (id int PRIMARY KEY, payload varchar(20))'],
    ['questions', 'CREATE TABLE questions (accountId varchar(20) PRIMARY KEY, text varchar(20))'],
    ['migrations', 'CREATE TABLE migrations (id int PRIMARY KEY, migration varchar(20), batch int)'],
    [
      'migrations',
      "CREATE TABLE migrations (id int PRIMARY KEY, timestamp bigint, name varchar(100)); INSERT INTO migrations VALUES (1, 1, 'CreateUsers1')",
    ],
  ])('a table %s of another program is refused by name, and nothing is changed', async (table, statements) => {
    for (const statement of statements.split('; ')) await sql.query(statement);
    await expect(open()).rejects.toThrow(`the table '${table}' belongs to another program`);
    expect(await listTables()).toEqual([table]);
  });

  test('other tables beside ours are no concern of ours', async () => {
    await sql.query('CREATE TABLE users (id int PRIMARY KEY)');
    await open();
    expect(await listTables()).toContain('users');
  });

  test('a first start that was interrupted is completed', async () => {
    await open();
    // As if the process had been killed between the table and its record, which MySQL commits one by one.
    await sql.query("DELETE FROM migrations WHERE name LIKE 'Createquestions%'");
    expect(await open()).toEqual([]);
  });
});
