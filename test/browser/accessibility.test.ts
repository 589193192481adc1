/** Every page, at the phone and at the desk, light and dark: axe finds nothing, and the browser complains of nothing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser, type Visit } from './support/browser.ts';
import { createSignInPath } from './support/dashboard.ts';
import { seedDashboard } from './support/dashboard-seed.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [360, 1280];
const THEMES = ['light', 'dark'] as const;

const visit = useBrowser();
let it: Visit;
let paths: Record<string, string>;
const server = useTestServer();
beforeAll(async () => {
  paths = await seedDashboard(server);
  it = await visit(server.url, { path: await createSignInPath(server), reducedMotion: 'reduce' });
  await it.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
});
afterAll(async () => {
  await it[Symbol.asyncDispose]();
});

/** What axe finds, each as one line. Run as the browser's own tools do, which no policy of the page forbids. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (tags) => {
    const { axe: found } = globalThis as unknown as { axe: typeof axe };
    return (await found.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations;
  }, TAGS);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** On each width and in each theme; also that nothing makes a phone scroll sideways. */
async function findLayoutFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) faults.push(`${width}: ${overflow} pixels wider than the screen`);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      faults.push(...(await findViolations(page)).map((each) => `${width} ${colorScheme}: ${each}`));
    }
  }
  return faults;
}

test('the sign-in page', async () => {
  await using door = await visit(server.url, { reducedMotion: 'reduce' });
  await door.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect(await findLayoutFaults(door.page)).toEqual([]);
});

const PAGES = [
  'home',
  'session',
  'program',
  'patterns',
  'history',
  'programSettings',
  'tasks',
  'task',
  'messages',
  'keys',
  'webhooks',
  'webhook',
  'audit',
  'connect',
  'settings',
  'nothing',
] as const;

describe.each(PAGES)('%s', (name) => {
  test('has no accessibility, layout or console errors', async () => {
    const { page } = it;
    await page.goto(server.url + paths[name]);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.loading').first().waitFor({ state: 'detached' });
    expect(await findLayoutFaults(page)).toEqual([]);
    expect(it.errors()).toEqual([]);
  });
});
