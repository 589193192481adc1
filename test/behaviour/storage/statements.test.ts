/**
 * What agents do all day asks for one account: each statement names it, each transaction has no other. So a router of
 * statements (Vitess) sends each to one shard. Heard on the wire between the server and the database.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../../server/platform/database/open.ts';
import { schema } from '../../../server/schema/index.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { findTables, GLOBAL_TABLES, LOOKUP_COLUMNS } from '../../support/sharding.ts';
import { runSql } from '../../support/sql.ts';
import { type Statement, type StatementRecorder, startStatementRecorder } from '../../support/statement-recorder.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { randomName, startTestServer, type TestServer } from '../../support/test-server.ts';

let database: TestDatabase;
let recorder: StatementRecorder;
let server: TestServer;
let tables: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  recorder = await startStatementRecorder(database.url);
  // Jobs look at all accounts, and are not asked for here.
  const environment = {
    FLEETBEAT_SWEEP_EVERY: '1h',
    FLEETBEAT_WEBHOOKS_EVERY: '1h',
    FLEETBEAT_QUESTIONS_EVERY: '1h',
  };
  server = await startTestServer({ database: { ...database, url: recorder.url }, environment });
  const rows = await runSql(
    database,
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  tables = (rows as { name: string }[]).map(({ name }) => name);
});
afterAll(async () => {
  await server.close();
  await recorder.close();
  await database.remove();
});

type Account = Awaited<ReturnType<TestServer['createAccount']>>;

/** A day of an agent, and of who looks after it. */
async function runEveryOperation({ client: admin }: Pick<Account, 'client'>): Promise<void> {
  const programId = randomName();
  const { key } = await admin.keys.create({ programId });
  const agent = server.client(key);
  const { session } = await agent.programs.boot(programId, { name: 'Work' });
  const { sessionId } = session;
  await agent.sessions.update(sessionId, { status: 'Busy', progress: 10, lastHeartbeat: true });
  await agent.sessions.update(sessionId, { status: 'Busy', lastHeartbeat: true });
  await agent.sessions.list();
  await agent.state.update(programId, { contextSummary: { lastTask: 'Work' }, learnedPatterns: [PATTERN] });
  await agent.state.read(programId);
  const { taskId } = await agent.tasks.create({ title: 'Review', target: programId });
  await agent.tasks.claim(taskId, sessionId);
  await agent.tasks.complete(taskId, { outcome: 'succeeded' });
  await agent.messages.send({ to: programId, kind: 'STATUS', text: 'Done' });
  await agent.messages.list();
  const { questionId } = await agent.questions.ask({ title: 'May I?', sessionId });
  await agent.questions.get(questionId, { wait: 1 });
  await admin.questions.answer(questionId, { text: 'Yes' });
  await agent.questions.list({ state: 'answered' });
  await admin.fleet.health();
  await agent.sessions.update(sessionId, { status: 'Done', state: 'complete' });
}

const PATTERN = { id: 'p-1', domain: 'auth', pattern: 'Check expiry first', confidence: 0.9, evidence: 'PR 45' };

test('what an agent does reaches the rows of its own account and of no other', async () => {
  // An operator makes them, and that is a matter of two accounts.
  const accounts = [await server.createAccount('team'), await server.createAccount('free')];
  const accountIds = accounts.map(({ accountId }) => accountId);
  recorder.takeStatements();
  for (const account of accounts) await runEveryOperation(account);
  const statements = recorder.takeStatements();
  const ofAccounts = tables.filter((table) => !GLOBAL_TABLES.includes(table) && !LOOKUP_COLUMNS[table]);
  const reached = new Set(statements.flatMap(({ text }) => findTables(text, ofAccounts)));
  for (const table of ['sessions', 'events', 'program_states', 'learned_patterns', 'tasks', 'messages', 'accounts']) {
    expect(reached).toContain(table);
  }
  const named = ({ text }: Statement) => accountIds.filter((id) => text.includes(`'${id}'`));
  for (const statement of statements.filter(({ text }) => findTables(text, ofAccounts).length > 0)) {
    expect(named(statement), statement.text).toHaveLength(1);
    expect(statement.text).toMatch(/accountId/);
  }
  for (const transaction of groupByTransaction(statements)) {
    expect(new Set(transaction.flatMap(named)).size, transaction.map(({ text }) => text).join('\n')).toBeLessThan(2);
  }
});

test('no statement of it takes a named lock, changes a key or fixes a table', async () => {
  const account = await server.createAccount('team');
  recorder.takeStatements();
  await runEveryOperation(account);
  const statements = recorder.takeStatements().map(({ text }) => text);
  expect(statements.length).toBeGreaterThan(50);
  for (const text of statements)
    expect(text).not.toMatch(/\b(GET_LOCK|LOCK TABLES|CREATE|ALTER|DROP|CALL|REPLACE INTO)\b/);
  for (const text of statements.filter((each) => each.startsWith('UPDATE'))) {
    const changed = /\bSET\b([\s\S]*?)\bWHERE\b/i.exec(text)?.[1] ?? '';
    expect(changed, text).not.toMatch(/accountId`?\s*=/);
  }
  for (const text of statements) expect(text.split(/ON DUPLICATE KEY UPDATE/i)[1] ?? '').not.toMatch(/accountId\s*=/);
});

test('who has the version of a state already costs one statement, and it reads no memory', async () => {
  const { programId, key, client } = await server.createProgram();
  await client.state.update(programId, { learnedPatterns: [PATTERN] });
  const read = (ifNoneMatch: string) =>
    sendRaw(server.url, {
      method: 'GET',
      path: `/v1/programs/${programId}/state`,
      headers: { ...bearer(key), 'if-none-match': ifNoneMatch },
    });
  /** The table of each statement that names the program. */
  const asked = () =>
    recorder
      .takeStatements()
      .filter(({ text }) => text.includes(programId))
      .flatMap(({ text }) => findTables(text, tables));
  asked();
  expect((await read('"1"')).status).toBe(304);
  expect(asked()).toEqual(['program_states']);
  expect((await read('"0"')).status).toBe(200);
  expect(asked()).toContain('learned_patterns');
});

test.each([
  ['Starting', ['UPDATE']],
  ['Busy', ['INSERT', 'INSERT', 'INSERT', 'INSERT']],
])(
  'an update of a session to %s is two ways to the database: locks, and all that it writes',
  async (status, writes) => {
    const { programId, client } = await server.createProgram();
    const { sessionId } = await client.sessions.create({ programId, name: 'Work', status: 'Starting' });
    recorder.takeStatements();
    await client.sessions.update(sessionId, { status, lastHeartbeat: true });
    const [statements = []] = groupByTransaction(recorder.takeStatements());
    const packets = [...new Set(statements.map(({ packet }) => packet))].map((packetStatements) =>
      statements.filter(({ packet }) => packet === packetStatements).map(({ text }) => text.split(' ')[0]),
    );
    expect(packets).toEqual([
      ['START', 'SELECT'],
      [...writes, 'COMMIT'],
    ]);
  },
);

test('a text of several statements is refused, whichever way it takes, and nothing of it is done', async () => {
  const store = await openStore(database.url, schema);
  const two = { sql: "DELETE FROM programs WHERE accountId = ''; DELETE FROM programs", values: [] };
  const refused = /more than one/;
  await expect(store.read((manager) => manager.query(two.sql))).rejects.toThrow(refused);
  await expect(store.write(async ({ manager }) => manager.query(two.sql))).rejects.toThrow(refused);
  await expect(store.write(async ({ beforeCommit }) => beforeCommit(two))).rejects.toThrow(refused);
  const [row] = (await runSql(database, 'SELECT COUNT(*) AS n FROM programs')) as { n: number | string }[];
  expect(Number(row?.n)).toBeGreaterThan(0);
  await store.close();
});

/** What each connection said between the begin and the end of a transaction. */
function groupByTransaction(statements: readonly Statement[]): Statement[][] {
  const open = new Map<number, Statement[]>();
  const done: Statement[][] = [];
  for (const statement of statements) {
    if (/^START TRANSACTION/i.test(statement.text)) open.set(statement.connection, []);
    open.get(statement.connection)?.push(statement);
    if (!/^(COMMIT|ROLLBACK)/i.test(statement.text)) continue;
    const transaction = open.get(statement.connection);
    if (transaction) done.push(transaction);
    open.delete(statement.connection);
  }
  return done;
}
