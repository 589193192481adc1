/** An upgrade without a pause: the old version goes on beside the new schema, and can be gone back to (docs/operations.md). */
import { expect, inject, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import { startStatementRecorder } from '../../support/statement-recorder.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

/** What a migration may say while the version before it still runs: it adds, and what it adds may be left out. */
const ADDITIVE_STATEMENTS = [
  /^CREATE TABLE /i,
  /^CREATE (FULLTEXT )?INDEX /i,
  /^ALTER TABLE \S+ ADD (COLUMN )?(?!.*\bNOT NULL\b(?!.*\bDEFAULT\b))/i,
];

/** Migrations that take away what no version of the last release reads any more, by their statements. */
const TAKES_AWAY: readonly RegExp[] = [];

test.each([
  ['ALTER TABLE `sessions` ADD `mood` varchar(20) NULL', true],
  ["ALTER TABLE `sessions` ADD COLUMN `mood` varchar(20) NOT NULL DEFAULT ''", true],
  ['ALTER TABLE `sessions` ADD `mood` varchar(20) NOT NULL', false],
  ['ALTER TABLE `sessions` DROP COLUMN `name`', false],
  ['ALTER TABLE `sessions` RENAME TO `runs`', false],
  ['CREATE UNIQUE INDEX one ON sessions (name)', false],
  ['DROP TABLE `sessions`', false],
])('%s is allowed beside the old version: %s', (statement, isAllowed) => {
  expect(ADDITIVE_STATEMENTS.some((form) => form.test(statement))).toBe(isAllowed);
});

if (inject('databaseServer') !== 'sqlite') {
  test('a migration only adds', async () => {
    const database = await createTestDatabase();
    const recorder = await startStatementRecorder(database.url);
    const server = await startTestServer({ database: { ...database, url: recorder.url } });
    const statements = recorder.takeStatements().map(({ text }) => text.trim());
    await server.close();
    await recorder.close();
    await database.remove();
    const changes = statements.filter((text) => /^(CREATE|ALTER|DROP|RENAME|TRUNCATE|DELETE|REPLACE)\b/i.test(text));
    expect(changes.length).toBeGreaterThan(20);
    for (const text of changes)
      expect(
        [...ADDITIVE_STATEMENTS, ...TAKES_AWAY].some((form) => form.test(text)),
        text,
      ).toBe(true);
  });
}

test('a server works, and starts again, beside tables, columns and indices of a newer version', async () => {
  const database = await createTestDatabase();
  const server = await startTestServer({ database });
  const sql = await connect(database);
  await sql.query('CREATE TABLE tomorrow (accountId varchar(100) PRIMARY KEY)');
  await sql.query('ALTER TABLE sessions ADD COLUMN mood varchar(20) NULL');
  await sql.query("ALTER TABLE program_states ADD COLUMN moods varchar(20) NOT NULL DEFAULT 'calm'");
  await sql.query('CREATE INDEX sessions_mood ON sessions (accountId, mood)');
  await sql.query("INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'CreateTomorrow1999999999999')");
  await expectWorking(server);
  await server.close();
  const again = await startTestServer({ database });
  await expectWorking(again);
  await again.close();
  await sql.close();
  await database.remove();
});

async function expectWorking(server: TestServer): Promise<void> {
  const { client, programId } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Old beside new' });
  expect((await client.sessions.update(sessionId, { status: 'Busy', lastHeartbeat: true })).status).toBe('Busy');
  expect((await client.state.update(programId, { contextSummary: { lastTask: 'Work' } })).version).toBe(1);
}
