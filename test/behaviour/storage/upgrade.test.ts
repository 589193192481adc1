/** Upgrades without downtime: this version works beside a newer schema, so it can also be returned to (docs/operations.md). */
import { expect, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

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
