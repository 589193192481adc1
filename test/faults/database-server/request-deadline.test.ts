/** A request whose second store call waits for a locked row has one deadline for both. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../../server/platform/database/open.ts';
import { RowsLocked } from '../../../server/platform/database/rows-locked.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { LOCK_WAIT_SECONDS } from '../../../server/platform/database/time-limits.ts';
import { runBy } from '../../../server/platform/with-timeout.ts';
import { schema } from '../../../server/schema/index.ts';
import { type LockHolder, openLockHolder } from '../../support/lock-holder.ts';
import { connect } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let holder: LockHolder;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore(database.url, schema, () => undefined);
  const sql = await connect(database);
  await sql.query(
    "INSERT INTO accounts (accountId, name, tier, createdAt) VALUES ('a', 'A', 'free', 1), ('b', 'B', 'free', 1)",
  );
  await sql.close();
  holder = await openLockHolder(database);
});
afterAll(async () => {
  await holder?.close();
  await store?.close();
  await database?.remove();
});

const rename = (accountId: string) =>
  store.write(({ manager }) =>
    manager.query('UPDATE accounts SET name = ? WHERE accountId = ?', ['Renamed', accountId]),
  );

test('the second store call of a request ends by its deadline, before the database gives up on the lock', async () => {
  await holder.beginHeavyTransaction();
  await holder.lock("SELECT accountId FROM accounts WHERE accountId = 'b'");
  // Below the database's own limit for a lock, which an operation with time of its own would run into.
  const request = runBy(performance.now() + (LOCK_WAIT_SECONDS - 1) * 1_000, async () => {
    await rename('a');
    await rename('b');
  });
  const failure = await request.catch((error: unknown) => error);
  expect(failure).toMatchObject({ kind: 'unavailable' });
  expect(failure).not.toBeInstanceOf(RowsLocked);
  await holder.release();
  // Its connection is not used again, so nothing of it is stored behind its answer.
  const names = await store.read((manager) => manager.query('SELECT name FROM accounts ORDER BY accountId'));
  expect(names).toContainEqual({ name: 'B' });
});
