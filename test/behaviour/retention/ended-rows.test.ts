import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const HOUR = 3_600_000;
/** More than the pages of the jobs: 20 sessions, 200 tasks, 200 messages. */
const MANY = 230;

const server = useTestServer({
  environment: {
    FLEETBEAT_RETENTION_EVERY: '200ms',
    FLEETBEAT_SWEEP_EVERY: '1h',
    FLEETBEAT_KEEP_SESSIONS: '10h',
    FLEETBEAT_KEEP_TASKS: '10h',
    FLEETBEAT_KEEP_MESSAGES: '10h',
    FLEETBEAT_MAX_SESSIONS: '10',
  },
});
let sql: Sql;
beforeAll(async () => {
  sql = await connect(server.database);
});
afterAll(() => sql.close());

const ago = (hours: number): number => server.clock.now() - hours * HOUR;

/** Copies a row of a table many times, each copy with changes of its own. */
async function copyRow(
  table: string,
  key: Record<string, string>,
  copies: number,
  change: (index: number) => Record<string, unknown>,
): Promise<void> {
  const where = Object.keys(key).map((column) => `${column} = ?`);
  const [row] = await sql.query(`SELECT * FROM ${table} WHERE ${where.join(' AND ')}`, Object.values(key));
  const rows = Array.from({ length: copies }, (_, index) => ({ ...row, ...change(index) }));
  const columns = Object.keys(rows[0] ?? {});
  for (let from = 0; from < rows.length; from += 100) {
    const page = rows.slice(from, from + 100);
    const marks = page.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
    const values = page.flatMap((each) => columns.map((column) => (each as Record<string, unknown>)[column]));
    await sql.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${marks}`, values);
  }
}

const count = async (table: string, accountId: string): Promise<number> => {
  const [row] = await sql.query<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${table} WHERE accountId = ?`, [
    accountId,
  ]);
  return Number(row?.n);
};

async function createAgent() {
  const { accountId, client: admin } = await server.createAccount('unlimited');
  const programId = randomName('agent');
  const client = server.client((await admin.keys.create({ programId })).key);
  const { sessionId } = await client.sessions.create({ name: 'A run' });
  return { accountId, admin, client, programId, sessionId };
}

test('archived sessions go with their timelines after FLEETBEAT_KEEP_SESSIONS; a revived one stays', async () => {
  const { accountId, client, sessionId } = await createAgent();
  const archived = (hours: number, name: string) => (index: number) => ({
    sessionId: `${name}-${index}`,
    state: 'complete',
    archived: 1,
    archivedAt: ago(hours),
    archiveReason: 'complete',
  });
  await copyRow('session_changes', { accountId, sessionId }, 40, (index) => ({ sessionId: `old-${index}` }));
  await copyRow('sessions', { accountId, sessionId }, 3, archived(9, 'young'));
  await copyRow('sessions', { accountId, sessionId }, 41, archived(11, 'old'));
  // It may lose against the job: then it is a new session of the id, and lives as well.
  await client.sessions.create({ name: 'Again', sessionId: 'old-40' });
  await eventually(async () => (await count('sessions', accountId)) === 5);
  const rows = await sql.query<{ sessionId: string }>('SELECT sessionId FROM sessions WHERE accountId = ?', [
    accountId,
  ]);
  expect(rows.map((row) => row.sessionId).sort()).toEqual(
    [sessionId, 'old-40', 'young-0', 'young-1', 'young-2'].sort(),
  );
  const timelines = 'SELECT DISTINCT sessionId FROM session_changes WHERE accountId = ?';
  const withTimeline = (await sql.query<{ sessionId: string }>(timelines, [accountId])).map((row) => row.sessionId);
  expect(withTimeline.sort()).toEqual([sessionId, 'old-40'].sort());
});

test('of archived sessions an account keeps 20 times its cap, the newest', async () => {
  const { accountId, sessionId } = await createAgent();
  await copyRow('sessions', { accountId, sessionId }, 20 * 10 + 30, (index) => ({
    sessionId: `archived-${String(index).padStart(3, '0')}`,
    state: 'complete',
    archived: 1,
    archivedAt: ago(1) + index,
    archiveReason: 'complete',
  }));
  await eventually(async () => (await count('sessions', accountId)) === 1 + 200);
  const [oldest] = await sql.query('SELECT MIN(sessionId) AS id FROM sessions WHERE accountId = ? AND archived = 1', [
    accountId,
  ]);
  expect(oldest).toEqual({ id: 'archived-030' });
});

test('completed and expired tasks go after FLEETBEAT_KEEP_TASKS; open ones, and claims that hold, stay', async () => {
  const { accountId, client, programId, sessionId } = await createAgent();
  const { taskId } = await client.tasks.create({ title: 'Work', target: programId });
  const task = (name: string, fields: (index: number) => Record<string, unknown>) => (index: number) => ({
    taskId: `${name}-${index}`,
    ...fields(index),
  });
  const claim = { state: 'claimed', claimedBy: programId, claimedAt: ago(12), expiresAt: ago(11) };
  const of = { accountId, taskId };
  await copyRow(
    'tasks',
    of,
    MANY,
    task('done', () => ({ state: 'completed', completedAt: ago(11) })),
  );
  await copyRow(
    'tasks',
    of,
    MANY,
    task('missed', () => ({ expiresAt: ago(11) })),
  );
  await copyRow(
    'tasks',
    of,
    2,
    task('lapsed', () => ({ ...claim, claimedSession: 'gone' })),
  );
  await copyRow(
    'tasks',
    of,
    1,
    task('held', () => ({ ...claim, claimedSession: sessionId })),
  );
  await copyRow(
    'tasks',
    of,
    1,
    task('young-done', () => ({ state: 'completed', completedAt: ago(9) })),
  );
  await copyRow(
    'tasks',
    of,
    1,
    task('young-missed', () => ({ expiresAt: ago(9) })),
  );
  await copyRow(
    'tasks',
    of,
    1,
    task('open', () => ({ createdAt: ago(1_000) })),
  );
  await eventually(async () => (await count('tasks', accountId)) === 5);
  const rows = await sql.query<{ taskId: string }>('SELECT taskId FROM tasks WHERE accountId = ?', [accountId]);
  expect(rows.map((row) => row.taskId).sort()).toEqual(
    [taskId, 'held-0', 'open-0', 'young-done-0', 'young-missed-0'].sort(),
  );
});

test('messages go with their deliveries when every recipient has read them for FLEETBEAT_KEEP_MESSAGES', async () => {
  const { accountId, admin, programId } = await createAgent();
  await admin.keys.create({ programId: 'peer' });
  const { messageId } = await admin.messages.send({ to: '*', kind: 'PING', text: 'Hello' });
  type Times = { readonly readAt?: number | null; readonly expiresAt?: number | null };
  const copy = async (name: string, copies: number, own: Times, peers: Times) => {
    const createdAt = ago(20);
    // The deliveries first: a message without any is over.
    for (const [recipient, times] of [[programId, own] as const, ['peer', peers] as const])
      await copyRow('message_deliveries', { accountId, messageId, recipient }, copies, (index) => ({
        messageId: `${name}-${index}`,
        createdAt,
        ...times,
      }));
    await copyRow('messages', { accountId, messageId }, copies, (index) => ({
      messageId: `${name}-${index}`,
      createdAt,
    }));
  };
  await copy('read', MANY, { readAt: ago(11) }, { readAt: ago(12) });
  await copy('expired', 2, { expiresAt: ago(11) }, { readAt: ago(12), expiresAt: ago(11) });
  await copy('unread', 1, { readAt: ago(11) }, { readAt: null });
  await copy('young', 1, { readAt: ago(11) }, { readAt: ago(9) });
  await eventually(async () => (await count('messages', accountId)) === 3);
  const rows = await sql.query<{ messageId: string }>('SELECT messageId FROM messages WHERE accountId = ?', [
    accountId,
  ]);
  expect(rows.map((row) => row.messageId).sort()).toEqual([messageId, 'unread-0', 'young-0'].sort());
  expect(await count('message_deliveries', accountId)).toBe(6);
});
