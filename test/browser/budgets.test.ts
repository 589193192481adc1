/** What the dashboard costs: over the wire, until it can be used, and while a fleet of 1,000 programs changes. */
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { useBrowser } from './support/browser.ts';
import { filterButton } from './support/dashboard.ts';

const PROGRAMS = 1_000;
const ADMIN_KEY = 'fb_budget_0123456789abcdef0123456789abcdef';

const visit = useBrowser();
let database: TestDatabase;
let server: ServerProcess;
let admin: Fleetbeat;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerProcess({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
  });
  admin = server.client(ADMIN_KEY);
});
afterAll(async () => {
  await server.kill();
  await database.remove();
});

const signIn = async (page: Page) => {
  await page.getByLabel('Key').fill(ADMIN_KEY);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
};

/** How long the main thread has worked, in milliseconds of CPU: what else the machine does is not in it. */
async function openMeter(page: Page): Promise<() => Promise<number>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
}

test('a first visit loads at most 200 kB, including the offline files, and is usable soon', async () => {
  await admin.sessions.create({ programId: 'builder', name: 'At work', status: 'Compiling' });
  await using it = await visit(server.url, { path: '/healthz' });
  const { page } = it;
  const answers: Promise<number>[] = [];
  page.context().on('requestfinished', (request) => {
    const size = async () => {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      return responseBodySize + responseHeadersSize;
    };
    // What the service worker answers from its cache crosses no wire.
    answers.push(request.response().then((response) => (response?.fromServiceWorker() ? 0 : size())));
  });
  await page.goto(server.url);
  await signIn(page);
  await page.getByText('Compiling').waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const first = (await Promise.all(answers)).reduce((sum, size) => sum + size, 0);
  console.log(`first visit: ${answers.length} answers, ${(first / 1000).toFixed(1)} kB over the wire`);
  expect(first).toBeGreaterThan(20_000);
  expect(first).toBeLessThanOrEqual(200_000);

  const work = await openMeter(page);
  const before = await work();
  await page.reload({ waitUntil: 'commit' });
  await page.getByText('Compiling').waitFor();
  const usable = await page.evaluate(() => performance.now());
  const busy = (await work()) - before;
  console.log(`signed in: usable ${usable.toFixed(0)} ms after it was asked for, ${busy.toFixed(0)} ms of CPU`);
  expect(busy).toBeLessThan(1000);
});

test('a fleet of 1,000 programs scrolls and updates at 50 frames a second', async () => {
  const ids = Array.from({ length: PROGRAMS }, (_, index) => `agent-${index}`);
  for (let from = 0; from < PROGRAMS; from += 100) {
    const some = ids.slice(from, from + 100);
    await Promise.all(
      some.map((id) => admin.sessions.create({ sessionId: id, programId: id, name: 'Job', status: 'Start' })),
    );
  }
  await using it = await visit(server.url);
  const { page } = it;
  await signIn(page);
  await filterButton(page, 'All', PROGRAMS + 1).waitFor({ timeout: 50_000 });
  const work = await openMeter(page);
  let updates = 0;
  let isOver = false;
  const writer = (async () => {
    while (!isOver) {
      const some = Array.from({ length: 10 }, (_, index) => ids[(updates + index * 97) % PROGRAMS] ?? '');
      updates += some.length;
      await Promise.all(
        some.map((id) => admin.sessions.update(id, { status: `Update ${updates}`, progress: updates % 100 })),
      );
    }
  })();
  const before = await work();
  const { frames, ms } = await page.evaluate(scrollFor, 3_000);
  const perFrame = ((await work()) - before) / frames;
  isOver = true;
  await writer;
  console.log(
    `1,000 programs: ${((1000 * frames) / ms).toFixed(1)} frames/s while scrolling, ${((1000 * updates) / ms).toFixed(0)} updates/s, ${perFrame.toFixed(1)} ms of CPU a frame`,
  );
  // 50 frames a second leave 20 ms to each. The work is what the page decides; when it is done is the machine's affair.
  expect(perFrame).toBeLessThan(20);
  expect(updates).toBeGreaterThan(0);
  expect(it.errors().filter((trouble) => !trouble.includes('401'))).toEqual([]);
});

/** Scrolls down and up for so many milliseconds, a step each frame; in the page. */
const scrollFor = (forMs: number) =>
  new Promise<{ frames: number; ms: number }>((resolve) => {
    const start = performance.now();
    let frames = 0;
    let step = 120;
    const next = () => {
      frames += 1;
      scrollBy({ top: step, behavior: 'instant' });
      const end = document.documentElement.scrollHeight - innerHeight;
      if (scrollY <= 0 || scrollY >= end) step = -step;
      const ms = performance.now() - start;
      if (ms >= forMs) resolve({ frames, ms });
      else requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
