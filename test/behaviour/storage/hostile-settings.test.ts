/** Whatever the global settings of the database are: statements mean the same, and what cannot be set is said. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SESSION_VARIABLES } from '../../../server/platform/database/dialects/mysql-session.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import { schema } from '../../../server/schema/index.ts';
import { MYSQL_KINDS, runAsRoot, startKind } from '../../support/mysql-kinds.ts';
import type { PrivateMysql } from '../../support/private-mysql.ts';
import type { TestDatabase } from '../../support/test-database.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

/** Each changes which rows a statement finds or returns, what is stored, or how long it may take. */
const HOSTILE = [
  'SET GLOBAL autocommit = 0',
  "SET GLOBAL completion_type = 'RELEASE'",
  'SET GLOBAL foreign_key_checks = 0',
  'SET GLOBAL unique_checks = 0',
  "SET GLOBAL default_storage_engine = 'MyISAM'",
  'SET GLOBAL sql_select_limit = 1',
  'SET GLOBAL sql_big_selects = 0',
  'SET GLOBAL max_join_size = 1',
  'SET GLOBAL sql_auto_is_null = 1',
  'SET GLOBAL max_sort_length = 64',
  "SET GLOBAL time_zone = '+09:00'",
  "SET GLOBAL sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH'",
  'SET GLOBAL lock_wait_timeout = 1',
  'SET GLOBAL innodb_lock_wait_timeout = 1',
  'SET GLOBAL wait_timeout = 1',
  'SET GLOBAL net_read_timeout = 1',
  'SET GLOBAL net_write_timeout = 1',
  'SET GLOBAL TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY',
  "SET GLOBAL character_set_client = 'latin1'",
  "SET GLOBAL character_set_connection = 'latin1'",
  "SET GLOBAL character_set_results = 'latin1'",
  "SET GLOBAL collation_connection = 'latin1_german1_ci'",
  "SET GLOBAL init_connect = 'SET SESSION sql_select_limit = 1, sql_safe_updates = 1, autocommit = 0'",
];
const HOSTILE_HERE = {
  mariadb: [
    'SET GLOBAL sql_safe_updates = 1',
    'SET GLOBAL max_statement_time = 0.0001',
    'SET GLOBAL idle_transaction_timeout = 1',
    'SET GLOBAL idle_write_transaction_timeout = 1',
    'SET GLOBAL idle_readonly_transaction_timeout = 1',
  ],
  mysql: ['SET GLOBAL max_execution_time = 1'],
};

const WEAK = [
  'SET GLOBAL innodb_flush_log_at_trx_commit = 2',
  'SET GLOBAL sync_binlog = 0',
  'SET GLOBAL max_allowed_packet = 4194304',
];

/** Two servers make their tables one after the other, which is slow on a busy machine. */
const TWO_STARTS = { timeout: 240_000 };

describe.each(MYSQL_KINDS)('%s', (kind) => {
  let server: PrivateMysql | null;
  const getDatabase = (name: string): TestDatabase => ({
    url: `${server?.url.replace('root@', 'fleet@')}/${name}`,
    kind: 'mysql',
    remove: async () => undefined,
  });

  beforeAll(async () => {
    server = await startKind(kind, ['--log-bin', '--server-id=1', '--binlog-format=ROW']);
    if (!server) return;
    // A user without rights on the server itself: init_connect is run for it, and it may change no global setting.
    await runAsRoot(server, 'CREATE USER fleet@`%`');
    for (const name of ['friendly', 'hostile', 'weak', 'statements'])
      await runAsRoot(server, `CREATE DATABASE ${name}`, `GRANT ALL ON ${name}.* TO fleet@\`%\``);
  });
  afterAll(() => server?.stop());

  test('what agents do has the same results, whatever the global settings', TWO_STARTS, async ({ skip }) => {
    if (!server) return skip();
    const expected = await observe(getDatabase('friendly'));
    await runAsRoot(server, ...HOSTILE, ...HOSTILE_HERE[kind]);
    const actual = await observe(getDatabase('hostile'));
    expect(actual).toEqual(expected);
    expect(expected.results.length).toBeGreaterThan(15);
  });

  test('weaker durability than promised is in the log and in /readyz', TWO_STARTS, async ({ skip }) => {
    if (!server) return skip();
    const lines: string[] = [];
    const start = () =>
      startTestServer({
        database: getDatabase('weak'),
        environment: { FLEETBEAT_LOG_LEVEL: 'warn' },
        logDestination: { write: (line: string) => void lines.push(line) },
      });
    await runAsRoot(server, 'SET GLOBAL sync_binlog = 1');
    const strong = await start();
    expect((await strong.admin.server.ready()).warnings).toEqual([]);
    expect(lines).toEqual([]);
    // Also without a restart of the server.
    await runAsRoot(server, ...WEAK);
    const names = ['innodb_flush_log_at_trx_commit is 2', 'sync_binlog is 0', 'max_allowed_packet is 4194304'];
    const warned = names.map((name) => expect.stringContaining(name));
    expect((await strong.admin.server.ready()).warnings).toEqual(warned);
    await strong.close();
    const weak = await start();
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(warned);
    await weak.close();
  });

  test('a binary log of statements, with which every write fails, is refused', async ({ skip }) => {
    if (!server) return skip();
    await runAsRoot(server, "SET GLOBAL binlog_format = 'STATEMENT'");
    await expect(openStore(getDatabase('statements').url, schema)).rejects.toThrow(/binlog_format = STATEMENT/);
  });
});

/** The session variables of a connection, and the results of what agents do all day. */
async function observe(database: TestDatabase) {
  const store = await openStore(database.url, schema);
  const names = [...SESSION_VARIABLES, ...DERIVED_VARIABLES];
  const columns = names.map((name) => `@@session.${name} AS ${name}`);
  const [session] = await store.read((manager) => manager.query(`SELECT ${columns.join(', ')}`));
  await store.close();
  const server = await startTestServer({ database, jobs: false });
  server.clock.stop();
  const results = await runOperations(server).finally(() => server.close());
  return { session, results: results.map(normalise) };
}

/** Set by SET NAMES; the isolation level and READ WRITE have different names in the two databases. */
const DERIVED_VARIABLES = ['character_set_client', 'character_set_results', 'collation_connection'];

async function runOperations({ admin, client }: TestServer): Promise<unknown[]> {
  const keys = [];
  for (const programId of ['builder', 'reviewer']) keys.push((await admin.keys.create({ programId })).key);
  const [builder, reviewer] = keys.map(client) as [TestServer['admin'], TestServer['admin']];
  const results: unknown[] = [];
  const record = async (result: Promise<unknown>) =>
    void results.push(await result.catch((error) => error.kind ?? String(error)));
  for (const sessionId of ['s-1', 'S-1', 's-2', 's-3'])
    await record(builder.sessions.create({ sessionId, name: `Über ${sessionId} 🚀 "it's" \\ a||b` }));
  await record(builder.sessions.update('s-1', { status: 'Busy', progress: 12.5, lastHeartbeat: true }));
  await record(builder.sessions.update('s-2', { status: 'x'.repeat(200), state: 'complete' }));
  await record(builder.sessions.list({ limit: 3 }));
  await record(builder.sessions.list({ state: 'complete' }));
  await record(builder.sessions.create({ sessionId: 's-4', name: 'x'.repeat(201) }));
  await record(builder.programs.boot('builder', { name: 'Boot', sessionId: 's-5' }));
  const patterns = ['a', 'b', 'c'].map((id) => ({
    id,
    domain: 'auth',
    pattern: `Check ${id} "first"`,
    confidence: 0.7,
  }));
  await record(builder.state.update('builder', { contextSummary: { lastTask: 'Ä' }, learnedPatterns: patterns }));
  await record(builder.state.read('builder'));
  await record(builder.patterns.list('builder', { text: 'check' }));
  await record(
    Promise.all(patterns.map(({ id }) => builder.patterns.reinforce('builder', id))).then((all) => all.length),
  );
  for (const title of ['One', 'Two']) await record(reviewer.tasks.create({ title, target: 'builder' }));
  await record(builder.tasks.list());
  await record(reviewer.messages.send({ to: 'builder', kind: 'STATUS', text: 'Done' }));
  await record(builder.messages.list());
  await record(builder.questions.ask({ title: 'May I?', sessionId: 's-1' }));
  await record(admin.questions.list({}));
  await record(admin.fleet.health());
  await record(admin.audit.list({}).then(({ audit }) => audit.length));
  await record(admin.programs.list());
  return results;
}

/** Without what is random: keys, ids made by the server, and times. */
function normalise(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each) =>
      /^(keyId|senderKeyId|key|taskId|messageId|questionId|createdByKey|nextCursor|instance)$/.test(key) &&
      each !== null
        ? '*'
        : each,
    )?.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '@') ?? 'null',
  );
}
