/** What a person does beside watching: going back to an earlier memory, making keys, registering webhooks, and
 * seeing that others do. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { openWebPage } from '../support/web-page.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath, fleetRow } from './support/dashboard.ts';

const visit = useBrowser();
const server = useTestServer({ environment: { FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'true' } });

test('shows the diff of an earlier version of a state, and restores it', async () => {
  const { programId, client } = await server.createProgram('builder');
  await client.state.update(programId, { contextSummary: { lastTask: 'Ship the parser' } });
  await client.state.update(programId, { contextSummary: { lastTask: 'Everything is lost' } });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('link', { name: programId, exact: true }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Go back to version 1?' });
  await dialog.getByText('Ship the parser').first().waitFor();
  await dialog.getByRole('button', { name: 'Restore version 1' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('article', { name: 'Version 3' }).waitFor();

  const { version, contextSummary } = await client.state.read(programId);
  expect({ version, lastTask: contextSummary.lastTask }).toEqual({ version: 3, lastTask: 'Ship the parser' });
  expect(it.errors()).toEqual([]);
});

test('says on the fleet page which keys expire soon, and what to do', async () => {
  await server.admin.keys.create({ programId: 'ending', label: 'Build machine', ttlDays: 5 });
  const renewable = await server.admin.keys.create({ programId: 'renewing', ttlDays: 14, renewable: true });
  await server.admin.keys.create({ programId: 'lasting', ttlDays: 30 });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const lines = it.page.getByRole('region', { name: 'Keys that expire soon' });
  await lines.getByText('fleetbeat connect --make-key').waitFor();
  expect(await lines.textContent()).toContain('renews it when it next runs');
  expect(await lines.getByRole('link').allTextContents()).toEqual([renewable.keyId, 'Build machine']);
  await lines.getByRole('link', { name: 'Build machine' }).click();
  await it.page
    .getByRole('row', { name: /Build machine/ })
    .getByText('Expires soon')
    .waitFor();
  expect(await it.page.getByRole('row', { name: /renewing/ }).count()).toBe(0);
  for (const { keyId } of (await server.admin.keys.list({ expiring: true })).keys)
    await server.admin.keys.revoke(keyId);
  expect(it.errors()).toEqual([]);
});

test('creates a working key that is shown once, and revokes it', async () => {
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('link', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  const form = page.getByRole('dialog', { name: 'New key' });
  await form.getByLabel('Program', { exact: true }).fill('shipper');
  await form.getByLabel('Label (optional)').fill('The laptop');
  await form.getByRole('button', { name: 'Create key' }).click();
  const shown = page.getByRole('dialog', { name: 'Key for shipper' });
  const key = (await shown.locator('code').first().textContent()) ?? '';
  expect(await server.client(key).me()).toMatchObject({ role: 'program', programId: 'shipper', label: 'The laptop' });
  // It is left by saying so, not by accident.
  await page.keyboard.press('Escape');
  await shown.getByRole('button', { name: 'I have stored it' }).click();
  await shown.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /The laptop/ }).waitFor();
  expect(await page.content()).not.toContain(key);

  await page.getByRole('button', { name: 'Revoke The laptop' }).click();
  await page.getByRole('dialog', { name: 'Revoke The laptop?' }).getByRole('button', { name: 'Revoke' }).click();
  await page
    .getByRole('row', { name: /The laptop/ })
    .getByText('Revoked')
    .waitFor();
  await expect(server.client(key).me()).rejects.toMatchObject({ status: 401 });
  expect(it.errors()).toEqual([]);
});

test('registers and tests a webhook, and shows each attempt', async () => {
  const signatures: unknown[] = [];
  const endpoint = createServer((request, response) => {
    signatures.push(request.headers['webhook-signature']);
    request.resume().on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByRole('button', { name: 'New webhook' }).first().click();
  const form = page.getByRole('dialog', { name: 'New webhook' });
  await form.getByLabel('URL').fill(`http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`);
  await form.getByRole('checkbox').first().check();
  await form.locator('button[type=submit]').click();
  const secret = page.getByRole('dialog', { name: 'Secret of the webhook' });
  await secret.getByText(/^whsec_/).waitFor();
  await secret.getByRole('button', { name: 'I have stored it' }).click();
  await page.getByRole('link', { name: /127\.0\.0\.1/ }).click();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The test was taken').waitFor();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('table', { name: 'Deliveries' }).getByText('Delivered').first().waitFor();
  expect(signatures).toEqual([expect.stringMatching(/^v1,/)]);
  expect(it.errors()).toEqual([]);
  endpoint.close();
  endpoint.closeAllConnections();
});

test('a phone with ntfy is told of the four events that people want first, without a secret', async () => {
  const received: { path: string | undefined; body: unknown }[] = [];
  const endpoint = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByRole('button', { name: 'New webhook' }).first().click();
  const form = page.getByRole('dialog', { name: 'New webhook' });
  await form.getByLabel('Format').selectOption('ntfy');
  await form.getByLabel('URL').fill(`http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/my-fleet`);
  expect(await form.getByRole('checkbox').count()).toBe(4);
  await form.locator('button[type=submit]').click();
  await page.getByRole('link', { name: /my-fleet/ }).click();
  await page.getByText('question.asked, session.stuck, session.stale, session.completed').waitFor();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The test was taken').waitFor();
  expect(received).toEqual([{ path: '/', body: expect.objectContaining({ topic: 'my-fleet' }) }]);
  expect(it.errors()).toEqual([]);
  endpoint.close();
  endpoint.closeAllConnections();
});

test('shows who created a key and a webhook, and until when an endpoint is paused', async () => {
  const endpoint = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(503, { 'retry-after': '3600' }).end());
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/busy`;
  const { programId } = await server.createProgram('created');
  const { webhookId, createdByKey } = await server.admin.webhooks.create({ url, types: ['task.created'] });
  await server.admin.tasks.create({ title: 'Work', target: programId });
  await expect
    .poll(async () => (await server.admin.webhooks.get(webhookId)).pausedUntil, { timeout: 30_000 })
    .not.toBeNull();
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('link', { name: 'Keys' }).click();
  const row = page.getByRole('row', { name: new RegExp(programId) });
  await row.getByText(createdByKey).waitFor();
  await page.getByRole('link', { name: 'Webhooks' }).click();
  const card = page.getByRole('listitem').filter({ hasText: '/busy' });
  await card.getByText(/created by/).waitFor();
  await card.getByText(/Paused until/).waitFor();
  expect(it.errors()).toEqual([]);
  endpoint.close();
  endpoint.closeAllConnections();
});

test('lists the browsers that are signed in, and signs one out', async () => {
  const { key, keyId } = await server.admin.keys.create({ role: 'auditor' });
  const other = openWebPage(server.url);
  await other.signIn({ key });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('link', { name: 'Settings' }).click();
  const row = page.getByRole('row', { name: new RegExp(keyId) });
  await row.getByRole('button', { name: /Sign out/ }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByText('this browser').waitFor();
  expect((await other.request('GET', '/v1/me')).status).toBe(401);
  expect(it.errors()).toEqual([]);
});

test('changes by another admin to keys, webhooks and programs appear without a refresh', async () => {
  await server.createProgram('before');
  const { programId } = await server.createProgram('renamed');
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await fleetRow(page, programId).waitFor();
  await page.getByRole('link', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'New key' }).waitFor();
  const { keyId } = await server.admin.keys.create({ programId: 'elsewhere', label: 'Made elsewhere' });
  const row = page.getByRole('row', { name: /Made elsewhere/ });
  await row.waitFor();
  await server.admin.keys.revoke(keyId);
  await row.getByText('Revoked').waitFor();

  await page.getByRole('link', { name: 'Webhooks' }).click();
  const url = 'https://example.com/elsewhere';
  const { webhookId } = await server.admin.webhooks.create({ url, types: ['session.stale'] });
  await page.getByRole('link', { name: url }).click();
  await page.getByRole('heading', { name: url }).waitFor();
  await server.admin.webhooks.update(webhookId, { description: 'Named elsewhere' });
  await page.getByRole('heading', { name: 'Named elsewhere' }).waitFor();

  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByText('updateWebhook').first().waitFor();
  await server.admin.programs.update(programId, { displayName: 'Another name', paused: true });
  await page.getByText('updateProgram').first().waitFor();
  await page.getByRole('link', { name: 'Fleet', exact: true }).click();
  await page.getByText('Another name').first().waitFor();
  expect(it.errors()).toEqual([]);
});
