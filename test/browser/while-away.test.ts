/** Whoever comes back to the dashboard is told what finished, asked and died meanwhile, once. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath } from './support/dashboard.ts';

const MINUTE = 60_000;

const visit = useBrowser();
const server = useTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '200ms' } });

/** From the next page on, this browser was last here an hour ago; only once. */
const leaveForAnHour = (page: Page) =>
  page.addInitScript(() => {
    // A blank page has no storage.
    if (location.protocol === 'about:' || sessionStorage.getItem('left') !== null) return;
    for (const [key, value] of Object.entries({ ...localStorage })) {
      if (!key.startsWith('fleetbeat.last-visit.')) continue;
      const { at, sequence } = JSON.parse(value);
      localStorage.setItem(key, JSON.stringify({ at: at - 3_600_000, sequence }));
      sessionStorage.setItem('left', 'yes');
    }
  });

test('it says what finished, asked and died since the last visit, until it is dismissed', async () => {
  const [done, asker, silent] = await Promise.all(
    ['finisher', 'asker', 'silent'].map((name) => server.createProgram(name)),
  );
  if (!done || !asker || !silent) throw new Error('Three programs are needed');
  server.clock.advance(20 * MINUTE);
  await silent.client.sessions.create({ name: 'Migration', status: 'Copying rows' });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  const report = page.getByRole('region', { name: 'While you were away' });
  await page.getByText('Copying rows').first().waitFor();
  // A first visit has nothing to come back to.
  expect(await report.count()).toBe(0);
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('fleetbeat.last-visit.')));
  await leaveForAnHour(page);
  await page.goto('about:blank');

  server.clock.advance(61 * MINUTE);
  await eventually(async () =>
    (await server.admin.sessions.list({ includeArchived: true })).sessions.some(({ archived }) => archived),
  );
  await done.client.sessions.create({ name: 'Review PR 45', status: 'Approved', state: 'complete' });
  const { sessionId } = await asker.client.sessions.create({ name: 'Release', status: 'Building' });
  await asker.client.questions.ask({ title: 'May I publish?', sessionId });

  await page.goto(server.url);
  await report.getByText('1 finished').waitFor();
  await report.getByText('Review PR 45 · Approved').waitFor();
  await report.getByText('May I publish? · not answered yet').waitFor();
  await report.getByText('1 fell silent for good').waitFor();
  await report.getByText('Migration · Copying rows').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await report.getByRole('button', { name: 'Dismiss' }).click();
  await report.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('May I publish?').first().waitFor();
  expect(await report.count()).toBe(0);
  expect(it.errors()).toEqual([]);
});
