/** A browser opens six connections to a server over HTTP/1.1: tabs of the dashboard share one stream. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath, fleetRow } from './support/dashboard.ts';

const visit = useBrowser();
const server = useTestServer();
const sessionId = 'shared';

const update = (status: string) => server.admin.sessions.update(sessionId, { status });
const expectStatus = (pages: readonly Page[], status: string) =>
  Promise.all(pages.map((page) => fleetRow(page, 'builder').getByText(status).waitFor()));

/** The pages that read the stream now. */
function watchStreams(context: BrowserContext): () => ReadonlySet<Page> {
  const open = new Map<object, Page>();
  const isStream = (url: string) => new URL(url).pathname === '/v1/events';
  context.on('request', (request) => {
    if (isStream(request.url())) open.set(request, request.frame().page());
  });
  context.on('requestfinished', (request) => void open.delete(request));
  context.on('requestfailed', (request) => void open.delete(request));
  return () => new Set([...open.values()].filter((page) => !page.isClosed()));
}

async function openTabs(page: Page, count: number): Promise<Page[]> {
  const more = Array.from({ length: count - 1 }, async () => {
    const tab = await page.context().newPage();
    await tab.goto(server.url);
    return tab;
  });
  return [page, ...(await Promise.all(more))];
}

test('nine tabs are all live over one stream; when the tab that reads it is closed, another one goes on', async () => {
  await server.admin.sessions.create({ sessionId, programId: 'builder', name: 'Job', status: 'First' });
  await using it = await visit(server.url, { path: '/healthz', serviceWorkers: 'block' });
  const getReaders = watchStreams(it.page.context());
  await it.page.goto(new URL(await createSignInPath(server), server.url).href);
  await expectStatus([it.page], 'First');
  const tabs = await openTabs(it.page, 9);
  await expectStatus(tabs, 'First');
  await update('Second');
  await expectStatus(tabs, 'Second');
  expect(getReaders().size).toBe(1);
  for (const round of ['Third', 'Fourth']) {
    const [reader] = getReaders();
    await reader?.close();
    const rest = tabs.filter((tab) => !tab.isClosed());
    await update(round);
    await expectStatus(rest, round);
    expect(getReaders().size).toBe(1);
  }
  expect(it.errors()).toEqual([]);
});

test('a tab that the browser has suspended while it reads the stream is replaced', async () => {
  await server.admin.sessions.create({ sessionId, programId: 'builder', name: 'Job', status: 'First' });
  await using it = await visit(server.url, { path: await createSignInPath(server), serviceWorkers: 'block' });
  await expectStatus([it.page], 'First');
  const [, second] = await openTabs(it.page, 2);
  if (!second) throw new Error('There is no second tab');
  await expectStatus([second], 'First');
  const devTools = await it.page.context().newCDPSession(it.page);
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await update('While the first tab sleeps');
  await expectStatus([second], 'While the first tab sleeps');
  await devTools.send('Page.setWebLifecycleState', { state: 'active' });
  await update('Awake');
  await expectStatus([it.page, second], 'Awake');
});

test('without locks, as on plain HTTP beyond this machine, each tab has a stream while it is visible', async () => {
  await server.admin.sessions.create({ sessionId, programId: 'builder', name: 'Job', status: 'First' });
  await using it = await visit(server.url, { path: '/healthz', serviceWorkers: 'block' });
  const getReaders = watchStreams(it.page.context());
  await it.page.addInitScript(() => {
    Object.defineProperty(navigator, 'locks', { value: undefined });
    Object.defineProperty(document, 'hidden', { get: () => sessionStorage.getItem('hidden') !== null });
  });
  await it.page.goto(new URL(await createSignInPath(server), server.url).href);
  await expectStatus([it.page], 'First');
  const setHidden = (hidden: boolean) =>
    it.page.evaluate((isHidden) => {
      if (isHidden) sessionStorage.setItem('hidden', '');
      else sessionStorage.removeItem('hidden');
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await expect.poll(() => getReaders().size).toBe(1);
  await setHidden(true);
  await expect.poll(() => getReaders().size).toBe(0);
  await update('Second');
  await setHidden(false);
  await expectStatus([it.page], 'Second');
});
