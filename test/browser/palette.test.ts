/** The command palette and the keys of every page. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath } from './support/dashboard.ts';

const visit = useBrowser();
const server = useTestServer();
const SOON = { timeout: 20_000, interval: 50 };

async function openFleet(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await page.getByRole('heading', { name: 'Programs' }).waitFor();
}

async function openPalette(page: Page) {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to or do' });
  const input = palette.getByRole('combobox');
  await input.waitFor();
  return { palette, input };
}

test('Ctrl K goes to a program, session, task or page by the words that are typed, and acts', async () => {
  const { programId, client } = await server.createProgram('builder');
  const { sessionId } = await client.sessions.create({ name: 'Release train', status: 'Reading', projectName: 'shop' });
  const { taskId } = await server.admin.tasks.create({ title: 'Review the migration', target: programId });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await openFleet(page);

  const { palette, input } = await openPalette(page);
  expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
  await input.fill('train rel');
  const option = palette.getByRole('option', { name: /Release train/ });
  await option.waitFor();
  expect(await option.getAttribute('aria-selected')).toBe('true');
  expect(await input.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).pathname, SOON).toBe(`/sessions/${sessionId}`);

  await (await openPalette(page)).input.fill('migration');
  await page.getByRole('option', { name: /Review the migration/ }).click();
  await expect.poll(() => new URL(page.url()).pathname, SOON).toBe(`/tasks/${taskId}`);

  await (await openPalette(page)).input.fill(`pause ${programId}`);
  await page.getByRole('option', { name: `Pause ${programId}` }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect((await server.admin.programs.get(programId)).paused).toBe(true);

  await (await openPalette(page)).input.fill('page that is not');
  await page.getByRole('status').getByText('Nothing found').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(it.errors()).toEqual([]);
});

test('a dialog that was just closed does not take along the one that is opened next', async () => {
  await server.createProgram('builder');
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await openFleet(page);
  await openPalette(page);
  for (let round = 0; round < 3; round += 1) {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  }
  expect(it.errors()).toEqual([]);
});

test('arrows move through what was found, from the last to the first', async () => {
  await server.createProgram('builder');
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  await openFleet(it.page);
  const { palette, input } = await openPalette(it.page);
  await input.fill('message');
  const selected = palette.locator('[aria-selected="true"]');
  await selected.waitFor();
  const first = await selected.innerText();
  await it.page.keyboard.press('ArrowUp');
  expect(await selected.innerText()).not.toBe(first);
  await it.page.keyboard.press('ArrowDown');
  expect(await selected.innerText()).toBe(first);
});

test('? shows the keys, / searches the page, and neither does while somebody types', async () => {
  await server.createProgram('builder');
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await openFleet(page);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByText('Show the keys').waitFor();
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'detached' });
  const search = page.getByRole('searchbox', { name: 'Search programs' });
  const isFocused = () => search.evaluate((element) => element === document.activeElement);
  // The page has the keys again a moment after the dialog is gone.
  const focusByKey = async () => {
    if (!(await isFocused())) await page.keyboard.press('/');
    return await isFocused();
  };
  await expect.poll(focusByKey, SOON).toBe(true);
  await page.keyboard.type('a/?b');
  expect(await search.inputValue()).toBe('a/?b');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test.each([360, 390, 768, 1440])(
  'at %i pixels the palette fits, and assistive technology can use it',
  async (width) => {
    const { client } = await server.createProgram('a-program-with-a-long-name-that-goes-on-and-on-and-on');
    await client.sessions.create({ name: 'A session whose name is longer than any phone is wide', status: 'Reading' });
    const viewport = { width, height: 800 };
    await using it = await visit(server.url, { path: await createSignInPath(server), viewport });
    const { page } = it;
    await openFleet(page);
    await page.getByRole('button', { name: 'Go to or do' }).click();
    const palette = page.getByRole('dialog', { name: 'Go to or do' });
    await palette.getByRole('combobox').fill('long');
    await palette.getByRole('option').first().waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const box = await palette.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run('dialog'));
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  },
);
