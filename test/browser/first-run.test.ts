/** From the empty dashboard to the first live row, and the pages of the server beside the dashboard. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath, fleetRow } from './support/dashboard.ts';

const visit = useBrowser();
const server = useTestServer();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('the empty dashboard gives one command, waits, and shows the live row; it stays until a session came', async () => {
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  const guide = page.getByRole('region', { name: 'Connect your first agent' });
  await guide.getByLabel('Agent').selectOption('codex');
  await guide.getByLabel('Name').fill('shop');
  await guide.getByRole('button', { name: 'Create the command' }).click();
  const command = (await guide.locator('pre code').textContent()) ?? '';
  const [, code = ''] =
    /^npx -y (?:\S+)\/install\/fleetbeat-\S+\.tgz connect codex --invite '\S+#link=(\w+)'$/.exec(command) ?? [];
  expect(code, command).not.toBe('');
  await guide.getByText('Waiting for the first heartbeat…').waitFor();

  const { key } = await server.admin.invitations.redeem({ code, role: 'program' });
  await page.reload();
  await guide.waitFor();
  await server.client(key?.key ?? '').sessions.create({ name: 'Fix the login', programId: 'shop' });
  await fleetRow(page, 'shop').getByText('Fix the login').first().waitFor();
  await guide.waitFor({ state: 'detached' });
  expect(it.errors()).toEqual([]);
});

test.each([
  [390, '/guide/connect-an-agent'],
  [1440, '/guide'],
  [390, '/guide?q=token'],
  [390, '/docs'],
  [1440, '/problems/session-limit-reached'],
  [390, '/nothing/here'],
] as const)('at %i px %s fits, and has no accessibility violations', async (width, path) => {
  await using it = await visit(server.url, { path, viewport: { width, height: 900 } });
  const { page } = it;
  await page.getByRole('main').waitFor();
  const scrollWidth = await page.evaluate('document.documentElement.scrollWidth');
  expect(scrollWidth).toBeLessThanOrEqual(width);
  // Evaluated and not added to the page, whose policy allows no foreign scripts.
  const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(({ violations }) => violations)`,
  );
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});
