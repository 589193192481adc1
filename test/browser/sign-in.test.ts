/** A browser signs in by a key or by the link that the server prints, and out again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../support/house.ts';
import { useBrowser } from './support/browser.ts';
import { linkOf } from './support/dashboard.ts';

const visit = useBrowser();
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test('a key signs in, the sign-in outlives a reload, and signing out ends it', async () => {
  await using it = await visit(house.url);
  const { page } = it;
  await page.getByLabel('Key').fill(house.adminKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('fb_');

  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).last().click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect((await fetch(`${house.url}/v1/me`, { headers: { cookie: `${cookie?.name}=${cookie?.value}` } })).status).toBe(
    401,
  );
});

test('a wrong key is refused beside its field', async () => {
  await using it = await visit(house.url);
  await it.page.getByLabel('Key').fill('fb_wrong_0123456789abcdef');
  await it.page.getByRole('button', { name: 'Sign in' }).click();
  await it.page.getByText('This key is not valid here').waitFor();
  expect(await it.page.getByLabel('Key').getAttribute('aria-invalid')).toBe('true');
});

test('a one-time link signs in once and leaves the address', async () => {
  const path = await linkOf(house);
  await using first = await visit(house.url, { path });
  await first.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  expect(first.page.url()).toBe(`${house.url}/`);

  await using second = await visit(house.url, { path });
  await second.page.getByText('This sign-in link is used up or too old').waitFor();
  await second.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
});

test('signing out everywhere ends the sign-in of another browser while it is open', async () => {
  await using desk = await visit(house.url, { path: await linkOf(house) });
  await using phone = await visit(house.url, { path: await linkOf(house) });
  await phone.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await desk.page.getByRole('link', { name: 'Settings' }).click();
  await desk.page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await phone.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
});
