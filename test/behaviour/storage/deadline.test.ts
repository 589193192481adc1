/** One deadline for a request as a whole: what it has waited for is not granted to it again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../../server/platform/database/open.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { startBy } from '../../../server/platform/with-timeout.ts';
import { schema } from '../../../server/schema/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore(database.url, schema, () => undefined);
});
afterAll(async () => {
  await store.close();
  await database.remove();
});

const UNAVAILABLE = { kind: 'unavailable' };
const countRuns = () => {
  const count = { runs: 0 };
  const work = async () => {
    count.runs += 1;
  };
  return { count, work };
};

test.each(['write', 'read'] as const)('a %s of a request whose time is over is not begun', async (method) => {
  const { count, work } = countRuns();
  const late = startBy(performance.now() - 1, () => store[method](work));
  await expect(late).rejects.toMatchObject(UNAVAILABLE);
  expect(count.runs).toBe(0);
});

test('an operation outside of a request has its own time', async () => {
  const { count, work } = countRuns();
  await startBy(performance.now() + 60_000, async () => undefined);
  await store.write(work);
  expect(count.runs).toBe(1);
});

test('a deadline that is given to the operation wins', async () => {
  const { count, work } = countRuns();
  await startBy(performance.now() - 1, () => store.write(work, { deadline: performance.now() + 60_000 }));
  expect(count.runs).toBe(1);
});
