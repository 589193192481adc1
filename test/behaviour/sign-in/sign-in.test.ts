import { describe, expect, test } from 'vitest';
import { createFleetbeat, type Fetch } from '../../../clients/typescript/src/index.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { runSql } from '../../support/sql.ts';
import { startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const server = useTestServer({ environment: { FLEETBEAT_TRUST_PROXY: 'loopback' } });

const signedIn = async (key: string, headers = {}) => {
  const page = openWebPage(server.url, headers);
  const answer = await page.signIn({ key });
  expect(answer.status, answer.text).toBe(200);
  return { ...page, body: JSON.parse(answer.text) };
};
const readStatus = async (page: { request: ReturnType<typeof openWebPage>['request'] }) =>
  (await page.request('GET', '/v1/me')).status;

test('a pasted key becomes a cookie that no script reads and no other site sends', async () => {
  const page = await signedIn(server.adminKey);
  expect(page.cookie()).toMatchObject({ name: 'fleetbeat', httpOnly: true, sameSite: 'strict', path: '/' });
  expect(page.cookie()).not.toHaveProperty('secure');
  expect(page.cookie()).not.toHaveProperty('domain');
  expect(page.cookie()?.maxAge).toBe((30 * DAY) / 1000);
  expect(page.body.me).toMatchObject({ role: 'operator', csrfToken: page.csrfToken() });
  const { text } = await page.request('GET', '/v1/me');
  expect(JSON.parse(text)).toMatchObject({ role: 'operator', csrfToken: page.csrfToken() });
});

test('over https, as a trusted proxy tells, the cookie is Secure and can be set by this host alone', async () => {
  const { key } = await server.createProgram();
  const page = await signedIn(key, { 'x-forwarded-proto': 'https' });
  expect(page.cookie()).toMatchObject({ name: '__Host-fleetbeat', secure: true, path: '/', httpOnly: true });
  expect(await readStatus(page)).toBe(200);
  const { name = '', value = '' } = page.cookie() ?? {};
  const plain = await sendRaw(server.url, { method: 'GET', path: '/v1/me', headers: { cookie: `${name}=${value}` } });
  expectProblem(plain, 401);
});

test('a cookie has the rights of its key, and no more', async () => {
  const { key, programId } = await server.createProgram();
  const page = await signedIn(key);
  const run = { name: 'From a page', programId };
  expect((await page.request('POST', '/v1/sessions', { body: run })).status).toBe(201);
  expectProblem(await page.request('GET', '/v1/fleet/health'), 403);
  expectProblem(await page.request('PATCH', '/v1/programs/somebody/state', { body: { config: {} } }), 403);
  const { audit } = await server.admin.audit.list({ outcome: 'denied', limit: 2 });
  expect(audit.map(({ action, programId: by }) => [action, by])).toEqual([
    ['updateProgramState', programId],
    ['getFleetHealth', programId],
  ]);
});

test('neither the token nor anything that it can be made from is stored', async () => {
  const page = await signedIn(server.adminKey);
  const rows = JSON.stringify(await runSql(server.database, 'SELECT * FROM web_sessions'));
  expect(rows.length).toBeGreaterThan(10);
  expect(rows).not.toContain(page.cookie()?.value);
  expect(rows).not.toContain(page.csrfToken());
});

test('a key that is wrong is refused, whatever is wrong with it', async () => {
  for (const key of ['hunter2', 'fb_nobody_0123456789abcdef', `${server.adminKey}x`, ' ']) {
    const page = openWebPage(server.url);
    expectProblem(await page.signIn({ key }), 401);
    expect(page.cookie()).toBeNull();
  }
});

test('an Authorization header wins over a cookie, also a wrong one', async () => {
  const page = await signedIn(server.adminKey);
  const { key, programId } = await server.createProgram();
  const { text } = await page.request('GET', '/v1/me', { headers: bearer(key) });
  expect(JSON.parse(text)).toMatchObject({ role: 'program', programId, csrfToken: null });
  expectProblem(await page.request('GET', '/v1/me', { headers: bearer('fb_nobody_0123456789abcdef') }), 401);
});

test('MCP takes no cookie', async () => {
  const page = await signedIn(server.adminKey);
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const headers = { accept: 'application/json, text/event-stream' };
  expectProblem(await page.request('POST', '/mcp', { body, headers }), 401);
});

describe('a web session ends', () => {
  test('at once when its key is revoked', async () => {
    const { keyId, key } = await server.admin.keys.create({ role: 'auditor' });
    const page = await signedIn(key);
    expect(await readStatus(page)).toBe(200);
    await server.admin.keys.revoke(keyId);
    expect(await readStatus(page)).toBe(401);
  });

  test('when it signs out, and the browser forgets the cookie', async () => {
    const page = await signedIn(server.adminKey);
    const { name = '', value = '' } = page.cookie() ?? {};
    expect((await page.request('POST', '/v1/sign-out')).status).toBe(204);
    expect(page.cookie()).toBeNull();
    const stolen = { cookie: `${name}=${value}`, 'x-csrf-token': page.csrfToken() };
    for (const path of ['/v1/sign-out', '/v1/sign-out-everywhere']) {
      expectProblem(await page.request('POST', path, { body: {}, headers: stolen }), 401);
    }
    expectProblem(await page.request('GET', '/v1/me', { headers: stolen }), 401);
  });

  test('with all others of its key when it signs out everywhere, and no other key is touched', async () => {
    const { key } = await server.admin.keys.create({ role: 'auditor' });
    const pages = [await signedIn(key), await signedIn(key), await signedIn(key)];
    const other = await signedIn(server.adminKey);
    for (const page of [...pages, other]) expect(await readStatus(page)).toBe(200);
    const { text } = (await pages[0]?.request('POST', '/v1/sign-out-everywhere', { body: {} })) ?? {};
    expect(JSON.parse(text ?? '')).toEqual({ ended: 3 });
    for (const page of pages) expect(await readStatus(page)).toBe(401);
    expect(await readStatus(other)).toBe(200);
    expect((await server.client(key).me()).role).toBe('auditor');
  });

  test('when an admin ends those of the account; nobody else may, and no other account is touched', async () => {
    const { key, client } = await server.createAccount('team');
    const program = await client.keys.create({ programId: 'builder' });
    const [page, abroad] = [await signedIn(program.key), await signedIn(server.adminKey)];
    const account = { body: { scope: 'account' } };
    expectProblem(await page.request('POST', '/v1/sign-out-everywhere', account), 403);
    expect(await server.client(key).signOutEverywhere('account')).toEqual({ ended: 1 });
    expect([await readStatus(page), await readStatus(abroad)]).toEqual([401, 200]);
  });

  test('in every other replica soon, also when it is in constant use there', async () => {
    const replica = await startTestServer({ database: server.database });
    try {
      const { key, keyId } = await server.admin.keys.create({ role: 'auditor' });
      const here = [await signedIn(key), await signedIn(key)];
      const readStatusThere = (page: (typeof here)[number] | undefined) => {
        const { name, value } = page?.cookie() ?? {};
        const headers = { cookie: `${name}=${value}` };
        return sendRaw(replica.url, { method: 'GET', path: '/v1/me', headers }).then(({ status }) => status);
      };
      for (const page of here) expect(await readStatusThere(page)).toBe(200);
      await here[0]?.request('POST', '/v1/sign-out');
      await expect.poll(() => readStatusThere(here[0]), { timeout: 30_000, interval: 20 }).toBe(401);
      expect(await readStatusThere(here[1])).toBe(200);
      await server.admin.keys.revoke(keyId);
      await expect.poll(() => readStatusThere(here[1]), { timeout: 30_000, interval: 20 }).toBe(401);
    } finally {
      await replica.close();
    }
  });
});

test('signing in, out everywhere and refused forgeries leave audit rows', async () => {
  const { key, keyId } = await server.admin.keys.create({ role: 'auditor' });
  const page = await signedIn(key);
  await page.request('POST', '/v1/sign-out-everywhere', { body: {}, headers: { 'x-csrf-token': 'wrong' } });
  await page.request('POST', '/v1/sign-out-everywhere', { body: {} });
  const { audit } = await server.admin.audit.list({ keyId });
  expect(audit.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'signOutEverywhere done',
    'signOutEverywhere denied',
    'signIn done',
  ]);
});

test('the typed client signs in and works without a key, as a page of the server does', async () => {
  let cookie = '';
  const browser: Fetch = async (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', cookie);
    headers.set('sec-fetch-site', 'same-origin');
    const response = await fetch(url, { ...init, headers });
    cookie = response.headers.get('set-cookie')?.split(';', 1)[0] ?? cookie;
    return response;
  };
  let csrfToken: string | null = null;
  const client = createFleetbeat({ baseUrl: server.url, csrfToken: () => csrfToken, fetch: browser });
  await expect(client.me()).rejects.toMatchObject({ status: 401 });
  ({ csrfToken } = await client.signIn({ key: server.adminKey }));
  expect(await client.me()).toMatchObject({ role: 'operator', csrfToken });
  await client.keys.create({ programId: 'from-a-page' });
  await client.signOut();
  await expect(client.me()).rejects.toMatchObject({ status: 401 });
});

test('an answer that was kept for an Idempotency-Key is replayed to its web session, and hidden from others', async () => {
  const [page, other] = [await signedIn(server.adminKey), await signedIn(server.adminKey)];
  const make = (by: typeof page) =>
    by.request('POST', '/v1/keys', { body: { role: 'auditor' }, headers: { 'idempotency-key': 'one' } });
  const [first, again, another] = [await make(page), await make(page), await make(other)];
  expect([first.status, again.status, another.status]).toEqual([201, 201, 201]);
  expect(again.text).toBe(first.text);
  expect(another.text).not.toBe(first.text);
});

describe('as time goes by', () => {
  test('a web session that is used stays, one that is not ends, and none outlives its own end or its key', async () => {
    const own = await startTestServer();
    try {
      const open = async (key: string) => {
        const page = openWebPage(own.url);
        await page.signIn({ key });
        return page;
      };
      const [used, idle] = [await open(own.adminKey), await open(own.adminKey)];
      const short = await open((await own.admin.keys.create({ role: 'auditor', ttlDays: 2 })).key);
      for (let day = 1; day <= 29; day += 1) {
        own.clock.advance(DAY);
        if (day <= 3) expect(await readStatus(short)).toBe(day < 2 ? 200 : 401);
        expect(await readStatus(used)).toBe(200);
      }
      expect(await readStatus(idle)).toBe(401);
      own.clock.advance(DAY);
      expect(await readStatus(used)).toBe(401);
    } finally {
      await own.close();
    }
  });

  test('expired web sessions are deleted', async () => {
    const own = await startTestServer({ environment: { FLEETBEAT_RETENTION_EVERY: '20ms' } });
    try {
      await openWebPage(own.url).signIn({ key: own.adminKey });
      own.clock.advance(31 * DAY);
      await openWebPage(own.url).signIn({ key: own.adminKey });
      const count = async () => (await runSql(own.database, 'SELECT * FROM web_sessions')).length;
      await expect.poll(count, { timeout: 30_000, interval: 20 }).toBe(1);
    } finally {
      await own.close();
    }
  });
});
