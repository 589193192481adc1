import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const PROTECTIVE = {
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'referrer-policy': /^no-referrer$/,
  'strict-transport-security': /max-age=\d+/,
  'x-content-type-options': /^nosniff$/,
  'x-dns-prefetch-control': /^off$/,
  'x-frame-options': /^DENY$/,
};

const answers = [
  ['a success', 200, 'GET', '/v1/me'],
  ['a page', 200, 'GET', '/docs'],
  ['a file of a page', 200, 'GET', '/docs-assets/start.js'],
  ['a missing file', 404, 'GET', '/docs-assets/nothing.js'],
  ['the metrics', 200, 'GET', '/metrics'],
  ['a health check', 200, 'GET', '/healthz'],
  ['bad input', 400, 'GET', '/v1/sessions?limit=0'],
  ['a wrong method', 405, 'PUT', '/v1/me'],
  ['a wrong media type', 415, 'POST', '/v1/sessions'],
  ['an unknown path', 404, 'GET', '/v1/nowhere'],
  ['the MCP endpoint', 405, 'GET', '/mcp'],
] as const;

test.each(answers)('%s (%i) carries the protective headers, and does not tell what it runs on', async (...answer) => {
  const [, status, method, path] = answer;
  const authorization = { Authorization: `Bearer ${server.adminKey}` };
  const response = await fetch(`${server.url}${path}`, { method, headers: authorization });
  await response.text();
  expect(response.status).toBe(status);
  for (const [name, value] of Object.entries(PROTECTIVE)) expect(response.headers.get(name), name).toMatch(value);
  expect(response.headers.has('x-powered-by')).toBe(false);
  if (status >= 400) expect(response.headers.get('cache-control')).toBe('no-store');
});

test('a refusal without a key has them too', async () => {
  for (const path of ['/v1/me', '/mcp', '/metrics']) {
    const response = await fetch(`${server.url}${path}`, { method: path === '/mcp' ? 'POST' : 'GET' });
    expect(response.status).toBe(401);
    expect(response.headers.get('cache-control')).toBe('no-store');
    for (const name of Object.keys(PROTECTIVE)) expect(response.headers.has(name), `${path} ${name}`).toBe(true);
  }
});

test('the API reference loads its own files alone, and each is there', async () => {
  const page = await (await fetch(`${server.url}/docs`)).text();
  const loaded = [...page.matchAll(/<(?:link|script)[^>]* (?:href|src)="([^"]+)"/g)].map(([, path = '']) => path);
  const files = loaded.filter((path) => path !== 'data:,').map((path) => new URL(path, `${server.url}/docs`));
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    expect(file.origin).toBe(server.url);
    expect((await fetch(file)).status, file.pathname).toBe(200);
  }
});
