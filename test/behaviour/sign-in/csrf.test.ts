import { beforeAll, describe, expect, test } from 'vitest';
import { expectProblem } from '../../support/problems.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { openWebPage, type WebPage } from '../../support/web-page.ts';

const OWN_NAME = 'fleet.example';

let page: WebPage;
let here: string;
const server = useTestServer({ environment: { FLEETBEAT_ALLOWED_HOSTS: OWN_NAME } });
beforeAll(async () => {
  page = openWebPage(server.url);
  await page.signIn({ key: server.adminKey });
  here = new URL(server.url).origin;
});

const create = (headers: Record<string, string>) =>
  page.request('POST', '/v1/accounts', { body: { name: randomName() }, headers });
const newestDenial = async () => (await server.admin.audit.list({ outcome: 'denied', limit: 1 })).audit[0];

const NO_METADATA = { 'sec-fetch-site': '' };

test.each([
  ['with its token', {}],
  ['typed by a person', { 'sec-fetch-site': 'none' }],
  ['by an old browser', { ...NO_METADATA, origin: 'HERE' }],
  ['by a page under another name of this server', { ...NO_METADATA, origin: `https://${OWN_NAME}` }],
  ['by no browser', NO_METADATA],
])('a request %s is let through', async (_how, headers) => {
  const sent = 'origin' in headers && headers.origin === 'HERE' ? { ...headers, origin: here } : headers;
  expect((await create(sent)).status).toBe(201);
});

test.each([
  ['without a token', { 'x-csrf-token': '' }],
  ['with a wrong token', { 'x-csrf-token': 'x'.repeat(43) }],
  ['with a token that is no text of ours', { 'x-csrf-token': 'é' }],
  ['by another site', { 'sec-fetch-site': 'cross-site' }],
  ['by another port of this host', { 'sec-fetch-site': 'same-site' }],
  ['by another site, in an old browser', { ...NO_METADATA, origin: 'https://evil.example' }],
  ['by a sandboxed page, in an old browser', { ...NO_METADATA, origin: 'null' }],
])('a request %s is refused and written down, and has no effect', async (_how, headers) => {
  const before = await server.admin.accounts.list({ limit: 50 });
  const problem = expectProblem(await create(headers), 403);
  expect(problem.type).toBe('/problems/csrf-refused');
  expect(await server.admin.accounts.list({ limit: 50 })).toEqual(before);
  expect(await newestDenial()).toMatchObject({ action: 'createAccount', detail: problem.detail });
});

test("another web session's token is a wrong token", async () => {
  const other = openWebPage(server.url);
  await other.signIn({ key: server.adminKey });
  expect(other.csrfToken()).not.toBe(page.csrfToken());
  expectProblem(await create({ 'x-csrf-token': other.csrfToken() }), 403);
});

describe.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s', (method) => {
  test('is refused without a token, whatever is at its path', async () => {
    for (const path of ['/v1/keys/some-key', '/v1/nothing', '/v1/sign-out']) {
      const answer = await page.request(method, path, { headers: { 'x-csrf-token': '' } });
      expect(expectProblem(answer, 403).type).toBe('/problems/csrf-refused');
    }
  });
});

test('reading needs no token', async () => {
  for (const method of ['GET', 'HEAD']) {
    expect((await page.request(method, '/v1/keys', { headers: { 'x-csrf-token': '' } })).status).toBe(200);
  }
});

test('nobody is signed in by a page of another site, nor by one of this host on another port', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const victim = openWebPage(server.url);
    const answer = await victim.signIn({ key: server.adminKey }, { 'sec-fetch-site': site });
    expect(expectProblem(answer, 403).type).toBe('/problems/csrf-refused');
    expect(victim.cookie()).toBeNull();
  }
});

test('whoever is signed in may sign in again without a token', async () => {
  const { key } = await server.createProgram();
  const again = openWebPage(server.url);
  await again.signIn({ key: server.adminKey });
  expect((await again.signIn({ key }, { 'x-csrf-token': '' })).status).toBe(200);
  expect(JSON.parse((await again.request('GET', '/v1/me')).text)).toMatchObject({ role: 'program' });
});
