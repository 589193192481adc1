/** A browser signs in by a key or by the link that the server prints, and out again. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath } from './support/dashboard.ts';

/** Signing out asks before it acts. */
const confirmDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

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
  await confirmDialog(page, 'Sign out');
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect((await fetch(`${server.url}/v1/me`, { headers: { cookie: `${cookie?.name}=${cookie?.value}` } })).status).toBe(
    401,
  );
});

test('an invalid key shows an error beside its field', async () => {
  await using it = await visit(server.url);
  await it.page.getByLabel('Key').fill('fb_wrong_0123456789abcdef');
  await it.page.getByRole('button', { name: 'Sign in' }).click();
  await it.page.getByText('This key or code is not valid here').waitFor();
  expect(await it.page.getByLabel('Key').getAttribute('aria-invalid')).toBe('true');
});

test('a one-time link signs in once and is removed from the address bar', async () => {
  const path = await createSignInPath(server);
  await using first = await visit(server.url, { path });
  await first.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  expect(first.page.url()).toBe(`${server.url}/`);

  await using second = await visit(server.url, { path });
  await second.page.getByText('This invitation was used already').waitFor();
  await second.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
});

test('signing out everywhere signs out another open browser', async () => {
  await using desk = await visit(server.url);
  await using phone = await visit(server.url);
  // With one key: a browser that was invited has a key of its own.
  for (const { page } of [desk, phone]) {
    await page.getByLabel('Key').fill(server.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  }
  await desk.page.getByRole('link', { name: 'Settings' }).click();
  await desk.page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await confirmDialog(desk.page, 'Sign out everywhere');
  await desk.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await phone.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
});

test('a phone goes from the QR code on the desk to a signed-in fleet, and is signed out from the desk', async () => {
  await using desk = await visit(server.url, { path: await createSignInPath(server) });
  await desk.page.getByRole('link', { name: 'Settings' }).click();
  await desk.page.getByRole('button', { name: 'Sign in another device' }).click();
  await desk.page.getByLabel('Role').selectOption('auditor');
  await desk.page.getByRole('button', { name: 'Show the code' }).click();
  await desk.page.getByRole('img', { name: /QR code/ }).waitFor();
  const link = (await desk.page.getByRole('dialog').locator('pre').textContent()) ?? '';
  expect(link).toMatch(/\/#link=[0-9a-z]{26}$/);
  await using phone = await visit(server.url, {
    path: new URL(link).hash.replace('#', '/#'),
    viewport: { width: 390, height: 844 },
  });
  await phone.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  expect(phone.page.url()).toBe(`${server.url}/`);
  // On a phone nothing beside the theme signs out.
  expect(await phone.page.getByRole('button', { name: 'Sign out', exact: true }).isVisible()).toBe(false);
  await desk.page.getByText('The other device is signed in').waitFor();
  await desk.page.getByRole('button', { name: 'Done' }).click();
  await desk.page.reload();
  const row = desk.page.getByRole('row', { name: /as auditor/ });
  await row.getByRole('button', { name: /Sign out/ }).click();
  await row.waitFor({ state: 'detached' });
  await phone.page.reload();
  await phone.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect(desk.errors()).toEqual([]);
});

test('the short code of an invitation can be typed', async () => {
  const { typedCode } = await server.admin.invitations.create({
    grants: 'web-session',
    role: 'auditor',
    typedCode: true,
  });
  await using phone = await visit(server.url);
  await phone.page.getByLabel('Key').fill((typedCode ?? '').toLowerCase());
  await phone.page.getByRole('button', { name: 'Sign in' }).click();
  await phone.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
});
