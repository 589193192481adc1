/**
 * Two accounts with the same rows under the same ids. Whatever is done in one of them, with every operation of the contract,
 * the other's rows stay as they are and its reads give the same answers. The other's rows are once older and once newer:
 * where rows of both are mixed up, either the first or the last one read is not its own.
 */
import type { EntitySchema } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../openapi/operations.ts';
import { operations } from '../../../server/platform/contract.ts';
import { schema } from '../../../server/schema/index.ts';
import { CALL_BUILDERS, type TargetIds } from '../../support/operation-calls.ts';
import { PREREQUISITE_FACTORIES } from '../../support/prerequisites.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const PROGRAM = 'builder';

/** Keys of one account. The program's key is for what its program alone may do. */
interface Account {
  readonly accountId: string;
  readonly adminKey: string;
  readonly programKey: string;
}

/** A stream and the metrics are no answer to compare, and consent is a person's, by cookie: test/behaviour/oauth. */
const NOT_TRIED = ['streamEvents', 'getMetrics', 'getAuthorizationRequest', 'approveAuthorizationRequest'];
/** Operators act on accounts, the others within one. */
const inAccount = operations.filter(
  ({ operationId, roles }) => roles?.some((role) => role !== 'operator') && !NOT_TRIED.includes(operationId),
);
/** A key, an invitation or an account itself cannot be of two accounts. */
const reads = inAccount.filter(
  ({ method, operationId }) => method === 'get' && !['getKey', 'getInvitation', 'getAccount'].includes(operationId),
);
/** Those that remove something come late, and those that replace a whole state last: what they touch is shared. */
const rank = ({ method, operationId }: Operation): number =>
  operationId === 'restoreState' || operationId === 'importState' ? 2 : method === 'delete' ? 1 : 0;
const writes = inAccount.filter(({ method }) => method !== 'get').toSorted((a, b) => rank(a) - rank(b));

/** Some reads are audited themselves, so the audit is read of what is not. */
const CALLS: typeof CALL_BUILDERS = { ...CALL_BUILDERS, listAudit: () => ({ path: '/v1/audit?action=createWebhook' }) };

/** The tables whose rows can be the same in two accounts, because the account is part of their primary key. */
const tables = (schema.entities as readonly EntitySchema[])
  .map(({ options: { tableName = '', columns } }) => ({
    name: tableName,
    columns: Object.entries(columns).map(([property, options]) => options?.name ?? property),
    keys: Object.entries(columns).flatMap(([property, options]) =>
      options?.primary ? [options.name ?? property] : [],
    ),
  }))
  .filter(({ name, keys }) => keys.includes('accountId') && name !== 'accounts');

/** Some columns are named by a reserved word. Both kinds of database take backticks. */
const quote = (column: string): string => `\`${column}\``;

/** The dispatchers move these of every webhook and push subscription, at any time. */
const OF_DISPATCHER: ReadonlySet<string> = new Set(['seenSeq', 'claimedBy', 'claimedUntil', 'nextAt', 'failures']);

/** The keys of the account that may call the operation: an admin's, then its program's. */
const keysFor = ({ roles }: Operation, { adminKey, programKey }: Account): string[] => [
  ...(roles?.includes('admin') ? [adminKey] : []),
  ...(roles?.includes('program') ? [programKey] : []),
];

/** Whether a list in the answer has an item twice, as it would with the rows of two accounts. */
const hasDuplicates = (answer: object): boolean =>
  Object.values(answer)
    .filter(Array.isArray)
    .some((items) => new Set(items.map((item) => JSON.stringify(item))).size < items.length);

/** They change keys, web sessions or nothing that is stored. */
const WITHOUT_A_ROW: ReadonlySet<string> = new Set(['signOut', 'signOutEverywhere']);

describe.each(['newer', 'older'] as const)('with a twin whose rows are %s,', (twinIs) => {
  // The sweep and the recorder of the fleet's history write by themselves.
  const server = useTestServer({ stopClock: true, environment: { FLEETBEAT_SWEEP_EVERY: '1h' } });
  let sql: Sql;
  let one: Account;
  let twin: Account;
  /** By operation. Each has a session, a key and more of its own, which the twin has as well. */
  const targets = new Map<string, TargetIds>();

  beforeAll(async () => {
    sql = await connect(server.database);
    const [older, newer] = [await createAccount(), await createAccount()];
    [one, twin] = twinIs === 'newer' ? [older, newer] : [newer, older];
    for (const { operationId } of inAccount) targets.set(operationId, await createTarget(operationId));
    await server.client(one.adminKey).webhooks.test(targets.get('testWebhook')?.webhookId ?? '');
    await createSessionWithRetryKey();
    const now = server.clock.now();
    await sql.query(
      'INSERT INTO mass_silences (accountId, since, `until`, sessions, sparedUntil) VALUES (?, ?, ?, 5, ?)',
      [one.accountId, now, now, now + 3_600_000],
    );
    await sql.query('INSERT INTO program_activity (accountId, programId, day, quarters) VALUES (?, ?, ?, ?)', [
      ...[one.accountId, PROGRAM, now - (now % 86_400_000), '2'.repeat(96)],
    ]);
    await sql.query(
      `INSERT INTO connections (accountId, connectionId, keyId, role, programId, clientId, createdAt, expiresAt)
       VALUES (?, 'connection', 'nobody', 'program', ?, 'https://client.example', ?, ?)`,
      [one.accountId, PROGRAM, now, now + 3_600_000],
    );
    for (const { name, columns } of tables) {
      const others = columns
        .filter((column) => column !== 'accountId')
        .map(quote)
        .join(', ');
      const copy = `INSERT INTO ${name} (accountId, ${others}) SELECT ?, ${others} FROM ${name} WHERE accountId = ?`;
      const copyRows = async (from: Account, to: Account) => {
        await sql.query(`DELETE FROM ${name} WHERE accountId = ?`, [to.accountId]);
        await sql.query(copy, [to.accountId, from.accountId]);
      };
      await copyRows(one, twin);
      // SQLite reads a table in the order in which its rows came.
      if (twinIs === 'older') await copyRows(twin, one);
    }
  });
  afterAll(() => sql.close());

  async function createAccount(): Promise<Account> {
    const { accountId, key: adminKey, client } = await server.createAccount('unlimited');
    const { key: programKey } = await client.keys.create({ programId: PROGRAM });
    return { accountId, adminKey, programKey };
  }

  async function createTarget(operationId: string): Promise<TargetIds> {
    const { accountId, adminKey } = one;
    const admin = server.client(adminKey);
    const sessionId = randomName('session');
    await admin.sessions.create({ name: 'Aimed at', sessionId, programId: PROGRAM, handover: { lastPrompt: 'Go on' } });
    const { key, keyId } = await admin.keys.create({ programId: PROGRAM });
    const owner = { admin, operator: server.admin, client: server.client(key), key, programId: PROGRAM, sessionId };
    const made = await PREREQUISITE_FACTORIES[operationId]?.(owner);
    return { accountId, programId: PROGRAM, sessionId, keyId, ...made };
  }

  /** Its answer is stored. */
  async function createSessionWithRetryKey(): Promise<void> {
    const headers = {
      ...bearer(one.programKey),
      'content-type': 'application/json',
      'idempotency-key': randomName('retry'),
    };
    const body = JSON.stringify({ name: 'Retried' });
    const { status, text } = await sendRaw(server.url, { method: 'POST', path: '/v1/sessions', headers, body });
    expect(status, text).toBe(201);
  }

  async function call(operation: Operation, account: Account, [key = ''] = keysFor(operation, account)) {
    const target = targets.get(operation.operationId) as TargetIds;
    const { path, body } = CALLS[operation.operationId]?.(target) ?? { path: '' };
    return sendRaw(server.url, {
      method: operation.method.toUpperCase(),
      path,
      headers: {
        ...bearer(key),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** What is written a second later differs from what the twin has. */
  async function aSecondLater<Result>(act: () => Promise<Result>): Promise<Result> {
    server.clock.advance(1_000);
    const result = await act();
    server.clock.advance(-1_000);
    return result;
  }

  /** Every row of the account, by table. */
  async function readRows({ accountId }: Account): Promise<Record<string, unknown>> {
    const rows: Record<string, unknown> = {};
    for (const { name, columns, keys } of tables) {
      const compared = columns
        .filter((column) => !OF_DISPATCHER.has(column))
        .map(quote)
        .join(', ');
      rows[name] = await sql.query(`SELECT ${compared} FROM ${name} WHERE accountId = ? ORDER BY ${keys.join(', ')}`, [
        accountId,
      ]);
    }
    return rows;
  }

  /** What each read of the account answers, without what differs between two accounts or two moments. */
  async function readAnswers(account: Account): Promise<Record<string, string>> {
    const answers: Record<string, string> = {};
    for (const operation of reads) {
      const texts: string[] = [];
      for (const key of keysFor(operation, account)) {
        const { status, text } = await call(operation, account, [key]);
        expect(status, `${operation.operationId}: ${text}`).toBeLessThan(300);
        texts.push(text.replace(/"lastUsedAt":("[^"]*"|null)/g, '"lastUsedAt":0'));
      }
      answers[operation.operationId] = `[${texts.join(',')}]`;
    }
    return answers;
  }

  test('the twin has the rows of the other account', async () => {
    expect(tables.length).toBeGreaterThan(12);
    const [rows, copies] = [await readRows(one), await readRows(twin)];
    for (const { name } of tables) {
      expect((rows[name] as unknown[]).length, name).toBeGreaterThan(0);
      expect(JSON.stringify(copies[name])).toBe(JSON.stringify(rows[name]).replaceAll(one.accountId, twin.accountId));
    }
  });

  describe('whatever is done in one account', () => {
    let answers: Record<string, string>;
    let later: Promise<Record<string, string>> | undefined;
    beforeAll(async () => {
      // The first reads of another program's memory are audited.
      await readAnswers(twin);
      answers = await readAnswers(twin);
    });

    test.each(writes)('$operationId changes no row of the twin', async (operation) => {
      const [before, ownBefore] = [await readRows(twin), await readRows(one)];
      const { status, text } = await aSecondLater(() => call(operation, one));
      expect(status, text).toBeLessThan(300);
      expect(await readRows(twin)).toEqual(before);
      // It has changed something of its own, or the test proves nothing.
      if (WITHOUT_A_ROW.has(operation.operationId)) return;
      expect(await readRows(one)).not.toEqual(ownBefore);
    });

    test.each([
      ['a heartbeat with a new status, then a bare one,', '/v1/sessions/%', { status: 'One', lastHeartbeat: true }],
      ['the same of the current session', '/v1/sessions/current', { status: 'Two', lastHeartbeat: true }],
      ['a completion', '/v1/sessions/%', { status: 'Done', state: 'complete' }],
    ])('%s changes no row of the twin', async (_what, path, body) => {
      const { sessionId } = targets.get('getSession') as TargetIds;
      const before = await readRows(twin);
      const headers = { ...bearer(one.programKey), 'content-type': 'application/json' };
      const request = { method: 'PATCH', path: path.replace('%', sessionId), headers, body: JSON.stringify(body) };
      for (const _time of ['first', 'second'])
        expect((await aSecondLater(() => sendRaw(server.url, request))).status).toBe(200);
      expect(await readRows(twin)).toEqual(before);
    });

    test.each(reads)('$operationId gives the twin the same answers afterwards', async ({ operationId }) => {
      later ??= readAnswers(twin);
      const parse = (each: Record<string, string>) => JSON.parse(each[operationId] ?? '') as object[];
      const found = parse(await later);
      expect(found).toEqual(parse(answers));
      for (const answer of found) expect(hasDuplicates(answer)).toBe(false);
    });
  });
});
