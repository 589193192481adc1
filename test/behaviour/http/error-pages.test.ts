/** People who open an address get pages; programs get problem documents. */
import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const open = (path: string, accept: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { ...init, headers: { Accept: accept } });

test.each([
  ['/nope', 404],
  ['/problems', 404],
  ['/problems/nothing-such', 404],
  ['/a/b/c', 404],
  ['/v1/me', 401],
] as const)('a browser that opens %s gets a page with the way back', async (path, status) => {
  const response = await open(path, BROWSER);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  expect(response.headers.get('content-security-policy')).toContain("style-src 'self'");
  expect(response.headers.get('vary')).toMatch(/Accept/);
  const page = await response.text();
  expect(page).toContain('What to do');
  const links = [...page.matchAll(/href="([^"#]+)"/g)].map(([, href = '']) => href).filter((href) => href !== 'data:,');
  for (const link of links) {
    const target = new URL(link, `${server.url}${path}`);
    expect((await open(target.pathname, BROWSER)).status, `${path} → ${link}`).toBe(200);
  }
});

test.each(['*/*', 'application/json', 'application/problem+json', ''])(
  'a program that accepts %j gets the problem',
  async (accept) => {
    for (const path of ['/nope', '/problems', '/v1/me']) {
      const response = await open(path, accept);
      expect(response.headers.get('content-type'), path).toMatch(/^application\/problem\+json/);
      expect(await response.json()).toMatchObject({ type: expect.stringMatching(/^\/problems\//) });
    }
  },
);

test('a write is answered with the problem, whatever it accepts', async () => {
  const response = await open('/nope', BROWSER, { method: 'POST' });
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
});

test('what was sent appears as text on the page, and runs nothing', async () => {
  const page = await (await open('/problems/%3Cscript%3Ealert(1)%3C%2Fscript%3E', BROWSER)).text();
  expect(page).not.toContain('<script>alert');
});

test('the root answers every client', async () => {
  for (const accept of [BROWSER, '*/*', 'application/json', 'text/plain'])
    expect((await open('/', accept)).status, accept).toBeLessThan(300);
  expect((await server.admin.api.GET('/')).data).toMatchObject({ name: 'Fleetbeat', reference: '/docs', mcp: '/mcp' });
});
