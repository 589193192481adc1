/** Since when the servers of one database can hear. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../server/platform/clock.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { ServiceClock } from '../../../server/platform/uptime/service-clock.ts';
import { schema } from '../../../server/schema/index.ts';
import { runSql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const HOUR = 3_600_000;
const SETTINGS = { staleAfterMs: 900_000 };

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

const openClock = () => ServiceClock.open(store, systemClock, SETTINGS);
/** As if everything had happened this much earlier. */
const age = (ms: number) =>
  runSql(database, 'UPDATE uptime SET upSince = upSince - ?, renewedAt = renewedAt - ?', [ms, ms]);

test('the first server of a database hears from now on', async () => {
  const before = Date.now();
  const clock = await openClock();
  expect(clock.upSince()).toBeGreaterThanOrEqual(before - 1);
  expect(clock.upSince()).toBeLessThanOrEqual(clock.now() + 1);
});

test('a server that goes on keeps the moment for one that starts, and for one that renews', async () => {
  const first = await openClock();
  await age(5_000);
  await first.renew();
  const upSince = first.upSince();
  const second = await openClock();
  expect(second.upSince()).toBe(upSince);
  await first.renew();
  expect(first.upSince()).toBe(upSince);
});

test.each([HOUR, -HOUR])('when the last renewal was %i ms ago, nobody could be heard until now', async (ms) => {
  await openClock();
  await age(ms);
  const before = Date.now();
  const clock = await openClock();
  expect(clock.upSince()).toBeGreaterThanOrEqual(before - 1);
  expect(clock.upSince()).toBeLessThanOrEqual(clock.now() + 1);
});

test('the time of the service is the time of the database, whatever the clock of the process says', async () => {
  const clock = await openClock();
  const [row] = await runSql(database, `SELECT ${store.nowSql ?? Date.now()} AS now`);
  expect(Math.abs(clock.now() - Number(row?.['now']))).toBeLessThan(10_000);
});
