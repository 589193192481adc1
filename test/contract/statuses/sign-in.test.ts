import { afterAll, beforeAll, expect, test } from 'vitest';
import { hideTables, newBreakableDatabase } from '../../support/breakable-database.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { openLimitedHouse } from '../../support/limited.ts';
import { expectProblem } from '../../support/problems.ts';
import { openPage } from '../../support/web-page.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test('a page signs in (200) and out (204), and everywhere (200); a wrong key is 401', async () => {
  const page = openPage(house.url);
  expect((await page.signIn({ key: house.adminKey })).status).toBe(200);
  expect((await page.ask('POST', '/v1/sign-out-everywhere', { body: {} })).status).toBe(200);
  expect((await page.signIn({ key: house.adminKey })).status).toBe(200);
  expect((await page.ask('POST', '/v1/sign-out')).status).toBe(204);
  expectProblem(await page.signIn({ key: 'wrong' }), 401);
});

test('a forged request is 403, for whoever signs in and for whoever is signed in', async () => {
  const page = openPage(house.url);
  expectProblem(await page.signIn({ key: house.adminKey }, { 'sec-fetch-site': 'cross-site' }), 403);
  await page.signIn({ key: house.adminKey });
  for (const path of ['/v1/sign-out', '/v1/sign-out-everywhere']) {
    expectProblem(await page.ask('POST', path, { body: {}, headers: { 'x-csrf-token': '' } }), 403);
  }
});

test('both a key and a link, or neither, are 400', async () => {
  const page = openPage(house.url);
  for (const body of [{ key: 'a', link: 'b' }, {}, { password: 'c' }]) {
    expectProblem(await page.ask('POST', '/v1/sign-in', { body }), 400);
  }
});

test('an address that guesses is 429 after its twentieth wrong key or link, also with a right key', async () => {
  const limited = await openLimitedHouse();
  try {
    const { key } = await limited.admin.keys.create({ role: 'auditor' });
    const page = openPage(limited.url);
    for (let each = 0; each < 10; each += 1) {
      expectProblem(await page.signIn({ key: `fb_nobody_0123456789abcde${each}` }), 401);
      expectProblem(await page.signIn({ link: `guess-${each}` }), 401);
    }
    expectProblem(await page.signIn({ key }), 429);
    expectProblem(await page.signIn({ link: (await limited.offerLink()) ?? '' }), 429);
  } finally {
    await limited.close();
  }
});

test('signing in is 503 while the database is away, and 500 when it fails', async () => {
  const database = await newBreakableDatabase();
  const own = await openTestHouse({ database });
  try {
    await database.goAway();
    expectProblem(await openPage(own.url).signIn({ key: own.adminKey }), 503);
    await database.comeBack();
    await hideTables(own.database, { but: ['accounts', 'api_keys'] });
    expectProblem(await openPage(own.url).signIn({ key: own.adminKey }), 500);
  } finally {
    await own.close();
    await database.remove();
  }
});

test('signing out is 503 for a cookie while the database is away, and 500 when it fails', async () => {
  const database = await newBreakableDatabase();
  const own = await openTestHouse({ database });
  try {
    const page = openPage(own.url);
    await page.signIn({ key: own.adminKey });
    await page.ask('GET', '/v1/me');
    await database.goAway();
    expectProblem(await page.ask('POST', '/v1/sign-out'), 503);
    await database.comeBack();
    await hideTables(own.database, { but: ['accounts', 'api_keys'] });
    expectProblem(await page.ask('POST', '/v1/sign-out'), 500);
  } finally {
    await own.close();
    await database.remove();
  }
});
