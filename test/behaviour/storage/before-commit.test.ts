/** What a transaction does right before its commit, through the store itself, on a real database. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../../server/platform/database/open.ts';
import type { Store, Transaction } from '../../../server/platform/database/store.ts';
import { schema } from '../../../server/schema/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { randomName } from '../../support/test-server.ts';

let database: TestDatabase;
let stores: [Store, Store];
beforeAll(async () => {
  database = await createTestDatabase();
  stores = [await openStore(database.url, schema), await openStore(database.url, schema)];
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await database.remove();
});

const COUNTER = { table: 'event_counters', column: 'seq' };
const EVENT = { at: 1, kind: 'test', programId: null, sessionId: null };

/** Tells these events, as the outbox does. */
const insertEvents = ({ insertNumbered }: Transaction, accountId: string, ...words: string[]): void =>
  insertNumbered(
    { ...COUNTER, accountId },
    'events',
    words.map((word) => ({ ...EVENT, accountId, data: JSON.stringify({ word }) })),
  );

const listEvents = async (accountId: string): Promise<string[]> => {
  const rows = await stores[0].read((manager) =>
    manager.query<{ seq: number; data: string }[]>('SELECT seq, data FROM events WHERE accountId = ? ORDER BY seq', [
      accountId,
    ]),
  );
  return rows.map(({ seq, data }) => `${seq} ${(JSON.parse(data) as { word: string }).word}`);
};

test('rows are numbered on by the counter, which begins by itself, and values are taken as they are', async () => {
  const accountId = randomName();
  const [store] = stores;
  await store.write(async (transaction) =>
    insertEvents(transaction, accountId, 'one', "two;\n'; DROP TABLE events; --", '?'),
  );
  await store.write(async (transaction) => insertEvents(transaction, accountId, 'four'));
  expect(await listEvents(accountId)).toEqual(['1 one', "2 two;\n'; DROP TABLE events; --", '3 ?', '4 four']);
});

test('writers of two processes who begin a counter at once, and go on, leave no gap and no double', async () => {
  const accountId = randomName();
  const writes = Array.from({ length: 40 }, (_, index) =>
    (stores[index % 2] as Store).write(async (transaction) => insertEvents(transaction, accountId, 'a', 'b')),
  );
  await Promise.all(writes);
  const numbers = (await listEvents(accountId)).map((line) => Number(line.split(' ')[0]));
  expect(numbers).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
});

const FAILING = { sql: 'UPDATE there_is_no_such_table SET a = 1', values: [] };

test.each(['before the others', 'after them'])('nothing is stored when a statement fails %s', async (place) => {
  const accountId = randomName();
  const [store] = stores;
  const counter = { sql: 'INSERT INTO event_counters (accountId, seq) VALUES (?, ?)', values: [randomName(), 7] };
  const failing = store.write(async ({ manager, beforeCommit, ...transaction }) => {
    await manager.query('INSERT INTO event_counters (accountId, seq) VALUES (?, ?)', [accountId, 41]);
    if (place === 'before the others') beforeCommit(FAILING);
    beforeCommit(counter);
    if (place === 'after them') beforeCommit(FAILING);
    insertEvents({ manager, beforeCommit, ...transaction }, accountId, 'never');
  });
  await expect(failing).rejects.toThrow(/there_is_no_such_table/);
  // The same connection is used again, and has none of it.
  await store.write(async (transaction) => insertEvents(transaction, accountId, 'first'));
  expect(await listEvents(accountId)).toEqual(['1 first']);
  const left = await store.read((manager) =>
    manager.query('SELECT seq FROM event_counters WHERE accountId = ?', [counter.values[0]]),
  );
  expect(left).toEqual([]);
});

test('a transaction that fails before it has asked anything leaves the connection as it was', async () => {
  const accountId = randomName();
  const [store] = stores;
  const nothing = store.write(async ({ beforeCommit }) => {
    beforeCommit(FAILING);
    throw new Error('changed my mind');
  });
  await expect(nothing).rejects.toThrow('changed my mind');
  await store.write(async () => undefined);
  await store.write(async (transaction) => insertEvents(transaction, accountId, 'first'));
  expect(await listEvents(accountId)).toEqual(['1 first']);
});
