/**
 * What agents do all day asks for one account: each statement names it, each transaction has no other. So a router of
 * statements (Vitess) sends each to one shard. Heard on the wire between the server and the database.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../../server/platform/database/open.ts';
import { newDatabase, type TestDatabase } from '../../support/databases.ts';
import { openTestHouse, randomName, type TestHouse } from '../../support/house.ts';
import { bearer, send } from '../../support/send.ts';
import { GLOBAL, LOOKED_UP, tablesOf } from '../../support/shards.ts';
import { runSql } from '../../support/sql.ts';
import { type Listener, listenTo, type Statement } from '../../support/statements.ts';

let database: TestDatabase;
let listener: Listener;
let house: TestHouse;
let tables: string[];

beforeAll(async () => {
  database = await newDatabase();
  listener = await listenTo(database.url);
  // Jobs look at all accounts, and are not asked for here.
  const environment = { FLEETBEAT_SWEEP_EVERY: '1h', FLEETBEAT_WEBHOOKS_EVERY: '1h' };
  house = await openTestHouse({ database: { ...database, url: listener.url }, environment });
  const rows = await runSql(
    database,
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  tables = (rows as { name: string }[]).map(({ name }) => name);
});
afterAll(async () => {
  await house.close();
  await listener.close();
  await database.remove();
});

type Account = Awaited<ReturnType<TestHouse['account']>>;

/** A day of an agent, and of who looks after it. */
async function work({ client: admin }: Pick<Account, 'client'>): Promise<void> {
  const programId = randomName();
  const { key } = await admin.keys.create({ programId });
  const agent = house.client(key);
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
  await admin.fleet.health();
  await agent.sessions.update(sessionId, { status: 'Done', state: 'complete' });
}

const PATTERN = { id: 'p-1', domain: 'auth', pattern: 'Check expiry first', confidence: 0.9, evidence: 'PR 45' };

test('what an agent does reaches the rows of its own account and of no other', async () => {
  // An operator makes them, and that is a matter of two accounts.
  const accounts = [await house.account('team'), await house.account('free')];
  const accountIds = accounts.map(({ accountId }) => accountId);
  listener.taken();
  for (const account of accounts) await work(account);
  const said = listener.taken();
  const ofAccounts = tables.filter((table) => !GLOBAL.includes(table) && !LOOKED_UP[table]);
  const reached = new Set(said.flatMap(({ text }) => tablesOf(text, ofAccounts)));
  for (const table of ['sessions', 'events', 'program_states', 'learned_patterns', 'tasks', 'messages', 'accounts']) {
    expect(reached).toContain(table);
  }
  const named = ({ text }: Statement) => accountIds.filter((id) => text.includes(`'${id}'`));
  for (const statement of said.filter(({ text }) => tablesOf(text, ofAccounts).length > 0)) {
    expect(named(statement), statement.text).toHaveLength(1);
    expect(statement.text).toMatch(/accountId/);
  }
  for (const transaction of transactionsOf(said)) {
    expect(new Set(transaction.flatMap(named)).size, transaction.map(({ text }) => text).join('\n')).toBeLessThan(2);
  }
});

test('no statement of it takes a named lock, changes a key or fixes a table', async () => {
  const account = await house.account('team');
  listener.taken();
  await work(account);
  const said = listener.taken().map(({ text }) => text);
  expect(said.length).toBeGreaterThan(50);
  for (const text of said) expect(text).not.toMatch(/\b(GET_LOCK|LOCK TABLES|CREATE|ALTER|DROP|CALL|REPLACE INTO)\b/);
  for (const text of said.filter((each) => each.startsWith('UPDATE'))) {
    const changed = /\bSET\b([\s\S]*?)\bWHERE\b/i.exec(text)?.[1] ?? '';
    expect(changed, text).not.toMatch(/accountId`?\s*=/);
  }
  for (const text of said) expect(text.split(/ON DUPLICATE KEY UPDATE/i)[1] ?? '').not.toMatch(/accountId\s*=/);
});

test('who has the version of a state already costs one statement, and it reads no memory', async () => {
  const { programId, key, client } = await house.program();
  await client.state.update(programId, { learnedPatterns: [PATTERN] });
  const read = (ifNoneMatch: string) =>
    send(house.url, {
      method: 'GET',
      path: `/v1/programs/${programId}/state`,
      headers: { ...bearer(key), 'if-none-match': ifNoneMatch },
    });
  /** The table of each statement that names the program. */
  const asked = () =>
    listener
      .taken()
      .filter(({ text }) => text.includes(programId))
      .flatMap(({ text }) => tablesOf(text, tables));
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
    const { programId, client } = await house.program();
    const { sessionId } = await client.sessions.create({ programId, name: 'Work', status: 'Starting' });
    listener.taken();
    await client.sessions.update(sessionId, { status, lastHeartbeat: true });
    const [said = []] = transactionsOf(listener.taken());
    const ways = [...new Set(said.map(({ packet }) => packet))].map((way) =>
      said.filter(({ packet }) => packet === way).map(({ text }) => text.split(' ')[0]),
    );
    expect(ways).toEqual([
      ['START', 'SELECT'],
      [...writes, 'COMMIT'],
    ]);
  },
);

test('a text of several statements is refused, whichever way it takes, and nothing of it is done', async () => {
  const store = await openStore(database.url);
  const two = { sql: "DELETE FROM programs WHERE accountId = ''; DELETE FROM programs", values: [] };
  const refused = /more than one/;
  await expect(store.read((manager) => manager.query(two.sql))).rejects.toThrow(refused);
  await expect(store.write(async ({ manager }) => manager.query(two.sql))).rejects.toThrow(refused);
  await expect(store.write(async ({ atEnd }) => atEnd(two))).rejects.toThrow(refused);
  const [row] = (await runSql(database, 'SELECT COUNT(*) AS n FROM programs')) as { n: number | string }[];
  expect(Number(row?.n)).toBeGreaterThan(0);
  await store.close();
});

/** What each connection said between the begin and the end of a transaction. */
function transactionsOf(said: readonly Statement[]): Statement[][] {
  const open = new Map<number, Statement[]>();
  const done: Statement[][] = [];
  for (const statement of said) {
    if (/^START TRANSACTION/i.test(statement.text)) open.set(statement.connection, []);
    open.get(statement.connection)?.push(statement);
    if (!/^(COMMIT|ROLLBACK)/i.test(statement.text)) continue;
    const transaction = open.get(statement.connection);
    if (transaction) done.push(transaction);
    open.delete(statement.connection);
  }
  return done;
}
