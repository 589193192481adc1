/** One deadline for a request as a whole: what it has waited for is not granted to it again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { handlers } from '../../../server/handlers.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { REQUEST_MS } from '../../../server/platform/database/time-limits.ts';
import { getDeadline, runBy, startBy } from '../../../server/platform/with-timeout.ts';
import { schema } from '../../../server/schema/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startTestServer } from '../../support/test-server.ts';

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

/** What the request has left for the first operation. A slow machine may use it up before that: the result is the same. */
const SHORT_MS = 400;

test.each(['write', 'read', 'snapshot'] as const)(
  'a second operation of a request, a %s, has what the first has left of its time',
  async (second) => {
    const { count, work } = countRuns();
    const deadline = performance.now() + SHORT_MS;
    const late = runBy(deadline, async () => {
      await store.read(async () => sleep(SHORT_MS + 50)).catch(() => undefined);
      await store[second](work);
    });
    await expect(late).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now()).toBeGreaterThan(deadline);
    expect(count.runs).toBe(0);
  },
);

test('what a request leaves running has its own time once the request is over; so do jobs that it sets off', async () => {
  const { count, work } = countRuns();
  let end = (): void => undefined;
  const isOver = new Promise<void>((resolve) => {
    end = resolve;
  });
  let left: Promise<void> | undefined;
  await runBy(performance.now() - 1, async () => {
    left = isOver.then(() => store.write(work));
    await store.forJobs().write(work);
  });
  end();
  await left;
  expect(count.runs).toBe(2);
});

test('requests at the same time each have their own deadline', async () => {
  const { count, work } = countRuns();
  const late = runBy(performance.now() - 1, async () => {
    await sleep(1);
    await store.write(work);
  });
  const inTime = runBy(performance.now() + 60_000, async () => {
    await late.catch(() => undefined);
    await store.write(work);
  });
  await expect(late).rejects.toMatchObject(UNAVAILABLE);
  await inTime;
  expect(count.runs).toBe(1);
});

test('the handler of a request sees one deadline, before and after it has awaited something', async () => {
  const server = await startTestServer();
  const deadlines: number[] = [];
  const recordDeadline = () => deadlines.push(getDeadline(REQUEST_MS));
  const original = handlers.listPrograms;
  vi.spyOn(handlers, 'listPrograms').mockImplementation(async (...request) => {
    recordDeadline();
    await sleep(20);
    recordDeadline();
    const response = await original(...request);
    recordDeadline();
    return response;
  });
  await server.admin.programs.list();
  expect(deadlines).toHaveLength(3);
  expect(new Set(deadlines).size).toBe(1);
  vi.restoreAllMocks();
  await server.close();
});
