/** How long the connections to a database server may wait, work and rest. */
import type { Pool } from 'mysql2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  OWN_SESSION_VARIABLES,
  SESSION_INIT,
  SESSION_VARIABLES,
} from '../../../server/platform/database/dialects/mysql-session.ts';
import { createTimeoutDriver } from '../../../server/platform/database/dialects/mysql-timeouts.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { schema } from '../../../server/schema/index.ts';
import { eventually } from '../../support/eventually.ts';
import { openLockHolder } from '../../support/lock-holder.ts';
import { runSql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { randomName } from '../../support/test-server.ts';

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore(database.url, schema);
});
afterAll(async () => {
  await store.close();
  await database.remove();
});

const UNAVAILABLE = { kind: 'unavailable' };
const INSERT = 'INSERT INTO event_counters (accountId, seq) VALUES (?, 1)';
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const stored = async (accountId: string) =>
  (await runSql(database, 'SELECT seq FROM event_counters WHERE accountId = ?', [accountId])).length;

test('the database ends a connection that says nothing, and a transaction with it, within seconds', async () => {
  const [row] = await store.read((manager) =>
    manager.query(
      'SELECT @@wait_timeout AS silent, @@net_read_timeout AS reading, @@net_write_timeout AS writing, @@innodb_lock_wait_timeout AS locked',
    ),
  );
  expect(row).toEqual({ silent: 15, reading: 15, writing: 15, locked: 3 });
});

test('connections that nobody uses are closed, and others opened when they are needed', async () => {
  const asks = Array.from({ length: 8 }, () => store.read((manager) => manager.query('SELECT SLEEP(0.2)')));
  await eventually(async () => (store.poolStats()?.busy ?? 0) > 1);
  await Promise.all(asks);
  await eventually(async () => store.poolStats()?.idle === 0 && store.poolStats()?.busy === 0);
  expect(await store.read((manager) => manager.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
});

test('a transaction that comes to its end after its deadline is not committed', async () => {
  const accountId = randomName();
  const late = store.write(
    async ({ manager }) => {
      await manager.query(INSERT, [accountId]);
      await sleep(400);
    },
    { deadline: performance.now() + 300 },
  );
  await expect(late).rejects.toMatchObject(UNAVAILABLE);
  expect(await stored(accountId)).toBe(0);
  await store.write(({ manager }) => manager.query(INSERT, [accountId]));
  expect(await stored(accountId)).toBe(1);
});

test('a statement that is not answered by the deadline is given up', async () => {
  const asked = store.read((manager) => manager.query('SELECT SLEEP(20)'), { deadline: performance.now() + 300 });
  await expect(asked).rejects.toMatchObject(UNAVAILABLE);
});

test('whoever waits for a connection waits until the deadline', async () => {
  const hold = Array.from({ length: 16 }, () => store.read((manager) => manager.query('SELECT SLEEP(3)')));
  await eventually(async () => store.poolStats()?.busy === 16);
  const startedAt = performance.now();
  const asked = store.read((manager) => manager.query('SELECT 1'), { deadline: startedAt + 200 });
  await expect(asked).rejects.toMatchObject(UNAVAILABLE);
  expect(store.poolStats()?.busy).toBe(16);
  await Promise.all(hold);
  // Its connection, which came too late, went back.
  await eventually(async () => store.poolStats()?.busy === 0);
});

test('a locked row is skipped by who does not wait, and told at once to who asks for that', async () => {
  const accountId = randomName();
  await store.write(({ manager }) => manager.query(INSERT, [accountId]));
  const holder = await openLockHolder(database);
  await holder.beginHeavyTransaction();
  await holder.lock(`SELECT seq FROM event_counters WHERE accountId = '${accountId}'`);
  const select = 'SELECT seq FROM event_counters WHERE accountId = ?';
  expect(await store.write(({ selectForUpdateSkipLocked }) => selectForUpdateSkipLocked(select, [accountId]))).toEqual(
    [],
  );
  const once = store.write(({ selectForUpdate }) => selectForUpdate(select, [accountId]), { retriesLocked: false });
  await expect(once).rejects.toMatchObject({
    kind: 'unavailable',
    detail: expect.stringMatching(/Another transaction/),
  });
  const waiting = store.write(({ selectForUpdate }) => selectForUpdate<{ seq: number }>(select, [accountId]));
  await holder.waitForBlocked(1);
  await holder.release();
  expect(await waiting).toHaveLength(1);
  await holder.close();
});

test('a session variable that the database refuses is named, and no connection is used without it', async () => {
  const alone = {
    autocommit: 'SET SESSION autocommit = 1',
    no_such_variable: 'SET SESSION no_such_variable = 1',
    sql_safe_updates: 'SET SESSION sql_safe_updates = 0',
  };
  // A message that does not say which variable it is about, as those about missing rights.
  const refused = { sql: "SIGNAL SQLSTATE '42000' SET MESSAGE_TEXT = 'Access denied'", alone };
  const { createPool } = createTimeoutDriver(() => [refused]).driver as { createPool(options: object): Pool };
  const pool = createPool({ uri: database.url, connectionLimit: 1 });
  // One after the other over the only place in the pool: a refused connection gives it back.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const connecting = new Promise((resolve, reject) =>
      pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection))),
    );
    await expect(connecting).rejects.toMatchObject({
      code: 'SESSION_SETTING_REFUSED',
      message: expect.stringMatching(/session variable no_such_variable: Unknown system variable/),
    });
  }
  await pool.promise().end();
});

test('each statement that sets one session variable alone is valid', async () => {
  for (const { sql, alone } of SESSION_INIT)
    for (const statement of [sql, ...Object.values(alone)]) await runSql(database, statement);
  expect(SESSION_INIT.flatMap(({ alone }) => Object.keys(alone))).toEqual(
    expect.arrayContaining([...SESSION_VARIABLES, ...OWN_SESSION_VARIABLES]),
  );
});
