import { expect, test } from 'vitest';
import { createBreakableDatabase, hideTables } from '../../support/breakable-database.ts';
import { expectProblem } from '../../support/problems.ts';
import { startRateLimitedServer } from '../../support/rate-limited-server.ts';
import { startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

const server = useTestServer();

test('a page signs in (200) and out (204), and everywhere (200); a wrong key is 401', async () => {
  const page = openWebPage(server.url);
  expect((await page.signIn({ key: server.adminKey })).status).toBe(200);
  expect((await page.request('POST', '/v1/sign-out-everywhere', { body: {} })).status).toBe(200);
  expect((await page.signIn({ key: server.adminKey })).status).toBe(200);
  expect((await page.request('POST', '/v1/sign-out')).status).toBe(204);
  expectProblem(await page.signIn({ key: 'wrong' }), 401);
});

test('a forged request is 403, for whoever signs in and for whoever is signed in', async () => {
  const page = openWebPage(server.url);
  expectProblem(await page.signIn({ key: server.adminKey }, { 'sec-fetch-site': 'cross-site' }), 403);
  await page.signIn({ key: server.adminKey });
  for (const path of ['/v1/sign-out', '/v1/sign-out-everywhere']) {
    expectProblem(await page.request('POST', path, { body: {}, headers: { 'x-csrf-token': '' } }), 403);
  }
});

test('both a key and a link, or neither, are 400', async () => {
  const page = openWebPage(server.url);
  for (const body of [{ key: 'a', invitation: 'b' }, {}, { password: 'c' }]) {
    expectProblem(await page.request('POST', '/v1/sign-in', { body }), 400);
  }
});

test('an address that guesses is 429 after its twentieth wrong key or link; a right one is let in all the same', async () => {
  const limited = await startRateLimitedServer();
  try {
    const { key } = await limited.admin.keys.create({ role: 'auditor' });
    const page = openWebPage(limited.url);
    for (let each = 0; each < 10; each += 1) {
      expectProblem(await page.signIn({ key: `fb_nobody_0123456789abcde${each}` }), 401);
      expectProblem(await page.signIn({ invitation: `guess-${each}` }), 401);
    }
    expectProblem(await page.signIn({ key: 'fb_nobody_0123456789abcdef' }), 429);
    expectProblem(await page.signIn({ invitation: 'guess' }), 429);
    expect((await page.signIn({ key })).status).toBe(200);
    expect((await page.signIn({ invitation: (await limited.createOperatorInvitation()) ?? '' })).status).toBe(200);
  } finally {
    await limited.close();
  }
});

test('signing in is 503 while the database is unavailable, and 500 when it fails', async () => {
  const database = await createBreakableDatabase();
  const own = await startTestServer({ database });
  try {
    await database.makeUnavailable();
    expectProblem(await openWebPage(own.url).signIn({ key: own.adminKey }), 503);
    await database.restore();
    await hideTables(own.database, { except: ['accounts', 'api_keys'] });
    expectProblem(await openWebPage(own.url).signIn({ key: own.adminKey }), 500);
  } finally {
    await own.close();
    await database.remove();
  }
});

test('signing out with a cookie is 503 while the database is unavailable, and 500 when it fails', async () => {
  const database = await createBreakableDatabase();
  const own = await startTestServer({ database });
  try {
    const page = openWebPage(own.url);
    await page.signIn({ key: own.adminKey });
    await page.request('GET', '/v1/me');
    await database.makeUnavailable();
    expectProblem(await page.request('POST', '/v1/sign-out'), 503);
    await database.restore();
    await hideTables(own.database, { except: ['accounts', 'api_keys'] });
    expectProblem(await page.request('POST', '/v1/sign-out'), 500);
  } finally {
    await own.close();
    await database.remove();
  }
});

test('redeeming an invitation is 503 while the database is unavailable, and 500 when it fails', async () => {
  const database = await createBreakableDatabase();
  const own = await startTestServer({ database });
  try {
    const invitation = (await own.createOperatorInvitation()) ?? '';
    await database.makeUnavailable();
    expectProblem(await openWebPage(own.url).signIn({ invitation }), 503);
    await database.restore();
    await hideTables(own.database, { except: ['accounts', 'api_keys'] });
    expectProblem(await openWebPage(own.url).signIn({ invitation }), 500);
  } finally {
    await own.close();
    await database.remove();
  }
});
