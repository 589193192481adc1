import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const HOUR = 3_600_000;
const MORE_THAN_A_PAGE = 1_100;

let server: TestServer;
let sql: Sql;
beforeAll(async () => {
  const environment = {
    FLEETBEAT_RETENTION_EVERY: '20ms',
    FLEETBEAT_SWEEP_EVERY: '1h',
    FLEETBEAT_KEEP_AUDIT: '10h',
    FLEETBEAT_KEEP_DELIVERIES: '10h',
    FLEETBEAT_WEB_SESSION_IDLE: '10h',
  };
  server = await startTestServer({ environment });
  sql = await connect(server.database);
});
afterAll(async () => {
  await sql.close();
  await server.close();
});

type Values = Readonly<Record<string, string | number>>;

async function insert(table: string, rows: readonly Values[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  for (let from = 0; from < rows.length; from += 200) {
    const page = rows.slice(from, from + 200);
    const marks = page.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
    const values = page.flatMap((row) => columns.map((column) => row[column]));
    await sql.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${marks}`, values);
  }
}

const row = {
  audit: (auditId: string, at: number) => ({
    accountId: 'a',
    auditId,
    at,
    keyId: 'k',
    role: 'admin',
    action: 'x',
    outcome: 'done',
  }),
  delivery: (deliveryId: string, createdAt: number) => ({
    accountId: 'a',
    webhookId: 'w',
    deliveryId,
    kind: 'session.created',
    payload: '{}',
    state: 'delivered',
    attempts: '[]',
    createdAt,
  }),
  answer: (idempotencyKey: string, createdAt: number, keyId = 'k') => ({
    accountId: 'a',
    keyId,
    idempotencyKey,
    requestHash: 'h',
    sealed: '',
    createdAt,
  }),
  webSession: (tokenHash: string, lastUsedAt: number, expiresAt = lastUsedAt + 1_000 * HOUR) => ({
    tokenHash,
    accountId: 'a',
    keyId: 'k',
    createdAt: lastUsedAt,
    lastUsedAt,
    expiresAt,
  }),
};

const tables = [
  ['audit', 'auditId', 11, 9, row.audit],
  ['webhook_deliveries', 'deliveryId', 11, 9, row.delivery],
  ['kept_answers', 'idempotencyKey', 25, 23, row.answer],
  ['web_sessions', 'tokenHash', 11, 9, row.webSession],
  ['web_sessions', 'tokenHash', 1, -1, (id: string, at: number) => row.webSession(id, Date.now(), at)],
] as const;

test.each(tables)(
  'of %s (%s) what is %i hours old goes, page by page, and what is %i hours old stays',
  async (...at) => {
    const [table, key, old, young, make] = at;
    const ago = (hours: number) => server.clock.now() - hours * HOUR;
    const name = `${table}-${old}`;
    const ids = Array.from({ length: MORE_THAN_A_PAGE }, (_, index) => `${name}-old-${index}`);
    await insert(table, [...ids.map((id) => make(id, ago(old))), make(`${name}-young`, ago(young))]);
    const left = () =>
      sql.query<Record<string, string>>(`SELECT ${key} FROM ${table} WHERE ${key} LIKE ?`, [`${name}-%`]);
    expect(await eventually(async () => (await left()).length === 1 && left())).toEqual([{ [key]: `${name}-young` }]);
  },
);

test('a young answer stays, though its credential and its Idempotency-Key each have an old one', async () => {
  const answer = (keyId: string, key: string, hours: number) =>
    row.answer(key, server.clock.now() - hours * HOUR, keyId);
  await insert('kept_answers', [answer('one', 'same', 1), answer('one', 'other', 30), answer('two', 'same', 30)]);
  const left = () => sql.query("SELECT keyId, idempotencyKey FROM kept_answers WHERE keyId IN ('one', 'two')");
  await eventually(async () => (await left()).length < 3);
  await eventually(async () => (await left()).length < 2);
  expect(await left()).toEqual([{ keyId: 'one', idempotencyKey: 'same' }]);
});
