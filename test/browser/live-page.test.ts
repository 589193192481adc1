/** `useFleet` of `@fleetbeat/client/react` in a page of another origin: the example, and components that share a stream. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CuttableProxy, startProxy } from '../support/cuttable-proxy.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { useBrowser } from './support/browser.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Two components with one client, and a button that removes them. */
const TWO_COMPONENTS = `
import { createFleetbeat } from '@fleetbeat/client';
import { useFleet } from '@fleetbeat/client/react';
import { createElement, Fragment, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
const fleetbeat = createFleetbeat(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const Count = () => createElement('p', null, useFleet(fleetbeat).programs.length + ' programs');
const root = createRoot(document.body.appendChild(document.createElement('div')));
const remove = createElement('button', { onClick: () => root.render('Removed') }, 'Remove');
root.render(createElement(StrictMode, null, createElement(Count), createElement(Count), remove));
`;

async function bundle(
  entry: { readonly entryPoints: string[] } | { readonly stdin: { contents: string; resolveDir: string } },
) {
  const alias = {
    '@fleetbeat/client/react': fromRoot('clients/typescript/src/react.ts'),
    '@fleetbeat/client': fromRoot('clients/typescript/src/index.ts'),
  };
  const options = { bundle: true, format: 'esm', platform: 'browser', target: 'es2022', jsx: 'automatic' } as const;
  const { outputFiles } = await build({ ...options, ...entry, alias, write: false, minify: true });
  return outputFiles[0]?.text ?? '';
}

const visit = useBrowser();
let pages: Server;
let pagesUrl: string;
let server: TestServer;
let network: CuttableProxy;
beforeAll(async () => {
  const scripts: Readonly<Record<string, string>> = {
    '/example.js': await bundle({ entryPoints: [fromRoot('clients/typescript/examples/live-page.tsx')] }),
    '/two.js': await bundle({ stdin: { contents: TWO_COMPONENTS, resolveDir: fromRoot('.') } }),
  };
  pages = createServer(({ url = '' }, response) => {
    const script = scripts[url];
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
    response.end(
      script ?? `<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="${url}.js"></script>`,
    );
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
  pagesUrl = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  server = await startTestServer({ environment: { FLEETBEAT_CORS_ORIGINS: pagesUrl } });
  network = await startProxy(server.url);
});
afterAll(async () => {
  await network.close();
  await server.close();
  pages.closeAllConnections();
  pages.close();
});

const at = (path: string, key: string, baseUrl = server.url) => ({
  path: `${path}#${new URLSearchParams({ baseUrl, key })}`,
});

test('the page follows the fleet, also across a lost connection', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Shown', state: 'working' });
  await using it = await visit(pagesUrl, at('/example', server.adminKey, network.url));
  const { page } = it;
  const row = page.getByRole('listitem').filter({ hasText: programId });
  await page.getByRole('heading', { name: 'Fleet: live' }).waitFor();
  await row.getByText('is working, healthy').waitFor();
  await client.sessions.update(sessionId, { status: 'Which database?', state: 'blocked' });
  await row.getByText('is blocked').waitFor();
  expect(it.errors()).toEqual([]);
  await network.cut();
  await page.getByRole('heading', { name: 'Fleet: lost' }).waitFor();
  await row.getByText('is blocked').waitFor();
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  await network.restore();
  await page.getByRole('heading', { name: 'Fleet: live' }).waitFor({ timeout: 45_000 });
  await row.getByText('is complete').waitFor();
});

test('a key that may not see the fleet is told so', async () => {
  const { key } = await server.createProgram();
  await using it = await visit(pagesUrl, at('/example', key));
  await it.page.getByRole('heading', { name: 'Fleet: refused' }).waitFor();
});

test('components with one client share a stream, which ends with the last of them', async () => {
  await using it = await visit(pagesUrl, at('/two', server.adminKey));
  const { page } = it;
  const { programs } = await server.admin.fleet.health();
  await page.getByText(`${programs.length} programs`).last().waitFor();
  expect(await page.getByText(`${programs.length} programs`).count()).toBe(2);
  const opened: string[] = [];
  page.on('request', (request) => request.url().includes('/v1/events') && opened.push(request.url()));
  await page.reload();
  await page.getByText(`${programs.length} programs`).last().waitFor();
  const isEvents = (request: { url(): string }) => request.url().includes('/v1/events');
  const ended = page.waitForEvent('requestfailed', isEvents);
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Removed').waitFor();
  await ended;
  // In StrictMode React mounts everything twice, one after the other.
  expect(opened.length).toBeLessThanOrEqual(2);
});
