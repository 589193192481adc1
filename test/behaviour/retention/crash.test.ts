/** A server that is killed while it deletes leaves the rest to the next one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { countRows } from '../../support/whole-program.ts';

const ADMIN_KEY = 'fb_retention-crash_0123456789abcdef0123456789abcdef';
const ROWS = 6_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let database: TestDatabase;
let sql: Sql;
let server: ServerProcess;

const start = (retentionEvery: string) =>
  startServerProcess({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RETENTION_EVERY: retentionEvery,
  });

beforeAll(async () => {
  database = await createTestDatabase();
  server = await start('1d');
  sql = await connect(database);
});
afterAll(async () => {
  await sql.close();
  await server.kill();
  await database.remove();
});

/** Tasks that were completed at a time, straight into the table. */
async function insertTasks(accountId: string, prefix: string, completedAt: number): Promise<void> {
  const rows = Array.from(
    { length: ROWS },
    (_, index) =>
      `('${accountId}', '${prefix}-${index}', '*', 'completed', 'Work', '', 0, 0, 'key', ${completedAt}, ${completedAt})`,
  );
  const columns =
    'accountId, taskId, target, state, title, instructions, priority, turn, createdByKey, createdAt, completedAt';
  for (let from = 0; from < ROWS; from += 500)
    await sql.query(`INSERT INTO tasks (${columns}) VALUES ${rows.slice(from, from + 500).join(', ')}`);
}

const countTasks = async (accountId: string, prefix: string): Promise<number> => {
  const [row] = await sql.query<{ n: number | string }>(
    'SELECT COUNT(*) AS n FROM tasks WHERE accountId = ? AND taskId LIKE ?',
    [accountId, `${prefix}-%`],
  );
  return Number(row?.n);
};

/** Kills the server while the tasks are being deleted, and waits until the next one has deleted the rest. */
async function crashWhileDeleting(accountId: string, prefix: string): Promise<void> {
  server = await start('200ms');
  await eventually(async () => (await countTasks(accountId, prefix)) < ROWS);
  await server.kill();
  expect(await countTasks(accountId, prefix)).toBeGreaterThan(0);
  server = await start('200ms');
  await eventually(async () => (await countTasks(accountId, prefix)) === 0);
}

test('a removed account goes completely though the server is killed in the middle, and no other loses a row', async () => {
  const admin = server.client(ADMIN_KEY);
  const [removed, other] = await Promise.all(
    ['To be removed', 'To stay'].map((name) => admin.accounts.create({ name, tier: 'unlimited' })),
  );
  if (!removed || !other) throw new Error('There are two accounts');
  await admin.accounts.remove(removed.accountId);
  await server.kill();
  for (const { accountId } of [removed, other]) await insertTasks(accountId, 'new', Date.now());
  // As if the two minutes had passed, in which requests from before the removal may still run.
  await sql.query('UPDATE accounts SET removedAt = removedAt - ? WHERE accountId = ?', [3 * MINUTE, removed.accountId]);
  await crashWhileDeleting(removed.accountId, 'new');
  await eventually(async () => Object.keys(await countRows(sql, removed.accountId)).length === 0);
  expect(await countTasks(other.accountId, 'new')).toBe(ROWS);
}, 240_000);

test('what is too old goes completely though the server is killed in the middle, and nothing younger does', async () => {
  await server.kill();
  await insertTasks('main', 'old', Date.now() - 91 * DAY);
  await insertTasks('main', 'younger', Date.now() - 89 * DAY);
  await crashWhileDeleting('main', 'old');
  expect(await countTasks('main', 'younger')).toBe(ROWS);
}, 240_000);
