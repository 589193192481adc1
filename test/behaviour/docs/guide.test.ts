/** The guide that the server renders: whole, searchable, without a dead link. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
const ACCEPT = { Accept: 'text/html,*/*;q=0.8' };
const get = (path: string) => fetch(new URL(path, server.url), { headers: ACCEPT });

const extractLinks = (page: string) =>
  [...page.matchAll(/(?:href|src|srcset)="([^"]+)"/g)].map(([, href = '']) => href);

test('every link of the guide leads to a page that is there, and every anchor to a heading', async () => {
  const pages = new Map<string, string>();
  const waiting = ['/guide'];
  const dead: string[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (pages.has(path)) continue;
    const response = await get(path);
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    pages.set(path, isPage ? await response.text() : '');
    if (response.status !== 200) dead.push(path);
    if (!path.startsWith('/guide')) continue;
    for (const href of extractLinks(pages.get(path) ?? '').filter((each) => each !== 'data:,')) {
      const target = new URL(href, new URL(path, server.url));
      if (target.origin === new URL(server.url).origin) waiting.push(target.pathname);
    }
  }
  expect(dead).toEqual([]);
  for (const [path, page] of pages) {
    if (!path.startsWith('/guide')) continue;
    for (const href of extractLinks(page)) {
      const target = new URL(href, new URL(path, server.url));
      if (target.hash === '' || target.origin !== new URL(server.url).origin) continue;
      expect(pages.get(target.pathname), `${path} → ${href}`).toContain(
        `id="${decodeURIComponent(target.hash.slice(1))}"`,
      );
    }
  }
  const files = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const unreachable = files
    .map((name) => `/guide/${name.replace(/(^|\/)README\.md$|\.md$/, '')}`.replace(/\/$/, ''))
    .filter((path) => !pages.has(path));
  expect(unreachable, 'documents that no page leads to').toEqual([]);
});

test('loads nothing from other hosts', async () => {
  const page = await (await get('/guide/connect-an-agent')).text();
  expect([...page.matchAll(/(?:src|srcset|action)="(https?:)?\/\/[^"]*"/g)]).toEqual([]);
  expect(page).not.toMatch(/<script>|<style|style="/);
});

test('search finds the sections that have every word', async () => {
  const page = await (await get('/guide?q=codex+trust')).text();
  expect(page).toContain('guide/connect-an-agent#');
  expect(await (await get('/guide?q=zzyzx')).text()).toContain('Try fewer');
  const attack = await (await get(`/guide?q=${encodeURIComponent('"><script>alert(1)</script>')}`)).text();
  expect(attack).not.toContain('<script>alert');
});

test('each page is there as Markdown, and /llms.txt leads to them', async () => {
  const contents = await (await get('/llms.txt')).text();
  const paths = [...contents.matchAll(/\]\((\/guide\/[^)]+\.md)\)/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) expect((await get(path)).status, path).toBe(200);
  const text = await (await get('/guide/back-up.md')).text();
  expect(text).toBe(readFileSync(`${docs}/back-up.md`, 'utf8'));
});

test.each(['/guide/', '/guide/back-up/', '/docs/'])('%s leads to the page without the slash', async (path) => {
  const response = await get(path);
  expect([response.status, new URL(response.url).pathname]).toEqual([200, path.slice(0, -1)]);
});

test.each([
  '/guide/nothing',
  '/guide/../package.json',
  '/guide/images/..%2F..%2Fpackage.json',
  '/guide/images/nothing.png',
])('%s is no page', async (path) => expect((await get(path)).status).toBe(404));
