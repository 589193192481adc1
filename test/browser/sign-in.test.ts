/** A browser signs in by a key or by the link that the server prints, and out again. */
import { expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath } from './support/dashboard.ts';

const visit = useBrowser();
const server = useTestServer();

test('signs in with a key, stays signed in after a reload, and signs out', async () => {
  await using it = await visit(server.url);
  const { page } = it;
  await page.getByLabel('Key').fill(server.adminKey);
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
  expect((await fetch(`${server.url}/v1/me`, { headers: { cookie: `${cookie?.name}=${cookie?.value}` } })).status).toBe(
    401,
  );
});

test('an invalid key shows an error beside its field', async () => {
  await using it = await visit(server.url);
  await it.page.getByLabel('Key').fill('fb_wrong_0123456789abcdef');
  await it.page.getByRole('button', { name: 'Sign in' }).click();
  await it.page.getByText('This key is not valid here').waitFor();
  expect(await it.page.getByLabel('Key').getAttribute('aria-invalid')).toBe('true');
});

test('a one-time link signs in once and is removed from the address bar', async () => {
  const path = await createSignInPath(server);
  await using first = await visit(server.url, { path });
  await first.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  expect(first.page.url()).toBe(`${server.url}/`);

  await using second = await visit(server.url, { path });
  await second.page.getByText('This sign-in link is used up or too old').waitFor();
  await second.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
});

test('signing out everywhere signs out another open browser', async () => {
  await using desk = await visit(server.url, { path: await createSignInPath(server) });
  await using phone = await visit(server.url, { path: await createSignInPath(server) });
  await phone.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await desk.page.getByRole('link', { name: 'Settings' }).click();
  await desk.page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await phone.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
});
