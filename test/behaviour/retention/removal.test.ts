import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';
import { ACCOUNT_TABLES, countRows, createWholeProgram } from '../../support/whole-program.ts';

const MINUTE = 60_000;

const server = useTestServer({ environment: { FLEETBEAT_RETENTION_EVERY: '1s', FLEETBEAT_SWEEP_EVERY: '1h' } });
let sql: Sql;
let receiver: WebhookReceiver;
beforeAll(async () => {
  sql = await connect(server.database);
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await sql.close();
  await receiver.close();
});

/** An account in which every table has a row. */
async function createWholeAccount() {
  const { accountId, client: admin, key } = await server.createAccount('unlimited');
  const program = await createWholeProgram(server.url, admin, receiver.url);
  await admin.audit.list();
  await sql.query('INSERT INTO mass_silences (accountId, since, until, sessions, sparedUntil) VALUES (?, 1, 2, 5, 3)', [
    accountId,
  ]);
  const now = server.clock.now();
  await sql.query('INSERT INTO program_activity (accountId, programId, day, quarters) VALUES (?, ?, ?, ?)', [
    ...[accountId, program.programId, now - (now % 86_400_000), '2'.repeat(96)],
  ]);
  // Two webhooks: a test and one event, and of all programs four messages and two sessions.
  await eventually(async () => (await countRows(sql, accountId))['webhook_deliveries'] === 8);
  return { accountId, admin, key, program };
}

test('a removed account leaves no row in any table, and its keys are refused at once', async () => {
  const { accountId, admin, program } = await createWholeAccount();
  const { accountId: otherId } = await createWholeAccount();
  expect(Object.keys(await countRows(sql, accountId)).sort()).toEqual(ACCOUNT_TABLES.toSorted());
  // A code lives for a minute.
  const { oauth_records: _expiring, ...others } = await countRows(sql, otherId);

  await server.admin.accounts.remove(accountId);
  await expect(admin.me()).rejects.toMatchObject({ status: 401 });
  await expect(program.client.sessions.update(program.sessionId, { status: 'On' })).rejects.toMatchObject({
    status: 401,
  });
  await expect(server.admin.accounts.remove(accountId)).rejects.toMatchObject({ status: 404 });
  await expect(server.admin.accounts.update(accountId, { tier: 'pro' })).rejects.toMatchObject({ status: 404 });
  const listed = (await server.admin.accounts.list({ limit: 50 })).accounts.map((account) => account.accountId);
  expect(listed).not.toContain(accountId);

  server.clock.advance(3 * MINUTE);
  await eventually(async () => Object.keys(await countRows(sql, accountId)).length === 0);
  expect(await countRows(sql, otherId)).toMatchObject(others);
  const { audit } = await server.admin.audit.list({ action: 'removeAccount' });
  expect(audit.map(({ subject }) => subject)).toEqual([accountId]);
});

test('a removed program leaves no row but its audit and the event of its removal', async () => {
  const { accountId, admin, program } = await createWholeAccount();
  const { programId, client, sessionId } = program;
  const tables = Object.keys(await countRows(sql, accountId, programId));
  expect(tables).toEqual(expect.arrayContaining(ACCOUNT_TABLES.filter((table) => !WITHOUT_PROGRAM.includes(table))));

  await admin.programs.remove(programId);
  await expect(client.me()).rejects.toMatchObject({ status: 401 });
  await expect(admin.programs.remove(programId)).rejects.toMatchObject({ status: 404 });
  await expect(admin.programs.update(programId, { paused: true })).rejects.toMatchObject({ status: 404 });
  for (const write of [
    () => admin.keys.create({ programId }),
    () => admin.sessions.create({ name: 'A run', programId }),
    () => admin.programs.boot(programId, { name: 'A run' }),
  ])
    await expect(write()).rejects.toMatchObject({ status: 409, problem: { type: '/problems/program-being-removed' } });
  for (const write of [
    () => admin.tasks.create({ title: 'For it', target: programId }),
    () => admin.messages.send({ to: programId, kind: 'PING', text: 'To it' }),
  ])
    await expect(write()).rejects.toMatchObject({ status: 404 });
  expect((await admin.programs.list()).programs.map((each) => each.programId)).not.toContain(programId);
  expect((await admin.fleet.health()).programs.map((each) => each.programId)).not.toContain(programId);

  server.clock.advance(3 * MINUTE);
  await eventually(async () => (await countRows(sql, accountId, programId))['programs'] === undefined);
  const left = await countRows(sql, accountId, programId);
  expect(left).toEqual({ events: 1, audit: expect.any(Number) });
  expect(Object.keys(await countRows(sql, accountId, sessionId)).filter((table) => table !== 'audit')).toEqual([]);

  // Others' work goes on: the task that it had claimed waits again, and its id can be used anew.
  expect((await admin.tasks.list({ target: '*' })).tasks).toMatchObject([{ title: 'For all', state: 'created' }]);
  const { key } = await admin.keys.create({ programId });
  expect(await server.client(key).state.read(programId)).toMatchObject({ exists: false });
});

/** Tables whose rows belong to the account, or to a key or a session of the program without naming it. */
const WITHOUT_PROGRAM = [
  ...['accounts', 'mass_silences', 'event_counters', 'web_sessions', 'kept_answers', 'oauth_records'],
  ...['session_changes', 'session_handovers', 'push_subscriptions'],
];

test('no key removes its own program or account', async () => {
  const { accountId, key } = await server.createAccount('unlimited');
  await expect(server.admin.accounts.remove('main')).rejects.toMatchObject({ status: 409 });
  const admin = server.client(key);
  const programId = randomName('own');
  const own = await admin.keys.create({ programId, role: 'admin' });
  await expect(server.client(own.key).programs.remove(programId)).rejects.toMatchObject({ status: 409 });
  expect((await server.client(own.key).me()).accountId).toBe(accountId);
});

test("an admin does not remove a program with an operator's key", async () => {
  const programId = randomName('operated');
  await server.admin.keys.create({ programId, role: 'operator' });
  const { key } = await server.admin.keys.create({ role: 'admin' });
  await expect(server.client(key).programs.remove(programId)).rejects.toMatchObject({ status: 403 });
  expect((await server.admin.programs.list({ limit: 50 })).programs.map((each) => each.programId)).toContain(programId);
});
