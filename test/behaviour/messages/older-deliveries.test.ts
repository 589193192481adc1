/** An inbox during and after an upgrade: filters find what servers of an older version wrote, whose rows lack the filters' columns. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { fillDeliveries } from '../../../server/domains/messages/index.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { schema } from '../../../server/schema/index.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let database: TestDatabase;
let server: TestServer;
let store: Store;
let sql: Sql;
let sender: Fleetbeat;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer({ database, jobs: false });
  store = await openStore(database.url, schema, () => undefined);
  sql = await connect(database);
  sender = server.client((await server.admin.keys.create({ programId: 'sender' })).key);
});
afterAll(async () => {
  await sql.close();
  await store.close();
  await server.close();
  await database.remove();
});

type Filter = Parameters<Fleetbeat['messages']['list']>[0];
const FILTERS: readonly NonNullable<Filter>[] = [
  {},
  { kind: 'QUERY' },
  { kind: 'STATUS' },
  { sender: 'sender' },
  { sender: 'nobody' },
  { kind: 'QUERY', sender: 'sender' },
  { undelivered: true },
  { undelivered: true, kind: 'QUERY' },
];
const EVERY_FILTER = FILTERS.flatMap((filter) => [filter, { ...filter, includeRead: true }]);

/** Sends one message of each kind that is unread, delivered, read, and both; all as an older version stores them. */
async function fillInbox(recipient: string) {
  const client = server.client((await server.admin.keys.create({ programId: recipient })).key);
  for (const kind of ['QUERY', 'STATUS'] as const)
    for (const state of ['new', 'delivered', 'read', 'delivered and read']) {
      const { messageId } = await sender.messages.send({ to: recipient, kind, text: state });
      if (state.startsWith('delivered')) await client.messages.confirmDelivery([messageId]);
      if (state.endsWith('read')) await client.messages.acknowledge(messageId);
    }
  await sql.query('UPDATE message_deliveries SET kind = NULL, sender = NULL, stage = NULL WHERE recipient = ?', [
    recipient,
  ]);
  return client;
}

const listAll = (client: Fleetbeat) =>
  Promise.all(
    EVERY_FILTER.map(async (filter) =>
      (await client.messages.list(filter)).messages.map(({ kind, text }) => [kind, text]),
    ),
  );

const runJob = () => fillDeliveries(store, async () => true);
const countUnfilled = async (): Promise<number> =>
  Number((await sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM message_deliveries WHERE stage IS NULL'))[0]?.n);

test('every filter finds the same before and after the rows are filled, and after those are acknowledged', async () => {
  const client = await fillInbox('reader');
  const before = await listAll(client);
  expect(before.map((page) => page.length)).toEqual([4, 8, 2, 4, 2, 4, 4, 8, 0, 0, 2, 4, 2, 4, 1, 2]);
  expect(await countUnfilled()).toBe(8);
  expect(await runJob()).toBe(true);
  expect(await countUnfilled()).toBe(0);
  expect(await listAll(client)).toEqual(before);
});

test('what an older server acknowledges or delivers beside this one is no longer unread or undelivered', async () => {
  const client = await fillInbox('other');
  await runJob();
  await sql.query("UPDATE message_deliveries SET readAt = 1, deliveredAt = 1 WHERE recipient = 'other'");
  const pages = await listAll(client);
  expect(pages.map((page) => page.length)).toEqual([0, 8, 0, 4, 0, 4, 0, 8, 0, 0, 0, 4, 0, 0, 0, 0]);
});

test('an acknowledgement and a confirmation before the row is filled count once it is', async () => {
  const client = await fillInbox('third');
  const { messages } = await client.messages.list({ undelivered: true, includeRead: true });
  await client.messages.confirmDelivery(messages.map(({ messageId }) => messageId));
  for (const { messageId } of messages) await client.messages.acknowledge(messageId);
  const before = await listAll(client);
  await runJob();
  expect(await listAll(client)).toEqual(before);
  expect((await client.messages.list({ undelivered: true, includeRead: true })).messages).toEqual([]);
});
