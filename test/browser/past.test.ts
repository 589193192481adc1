/** The past on the dashboard: the strip in each row, and a program's activity over a day, a week and a month. */
import { expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath, fleetRow } from './support/dashboard.ts';
import { seedActivity } from './support/seed-activity.ts';

const visit = useBrowser();
// Nothing but the test says what programs did.
const server = useTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '1h' } });

test('each row has a strip of the last 24 hours, which says in words what it shows', async () => {
  const { programId, client } = await server.createProgram('busy');
  const fresh = await server.createProgram('fresh');
  await client.sessions.create({ name: 'Work', status: 'At work' });
  await seedActivity(server, programId, `${'?'.repeat(40)}${'-'.repeat(30)}${'w'.repeat(20)}aassii`);
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  const strip = fleetRow(page, programId).getByRole('img', { name: /^Last 24 hours: / });
  await strip.waitFor();
  expect(await strip.getAttribute('aria-label')).toBe('Last 24 hours: asked 30m, worked 5h, silent 30m, idle 30m');
  await fleetRow(page, fresh.programId).getByRole('img', { name: 'Last 24 hours: no session' }).waitFor();
  for (const width of [360, 390, 768, 1024, 1280, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    const box = await strip.boundingBox();
    expect(box?.width, `${width}`).toBeGreaterThan(95);
    expect(box?.height, `${width}`).toBeGreaterThan(4);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${width}`).toBe(0);
  }
});

test('a program’s page has its activity, how often it asked and how long it waited', async () => {
  const { programId, client } = await server.createProgram('asker');
  const { sessionId } = await client.sessions.create({ name: 'Work', status: 'At work' });
  await seedActivity(server, programId, `${'w'.repeat(96 * 3)}${'-'.repeat(92)}wwaa`);
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await page.goto(`${server.url}/programs/${programId}`);
  const activity = page.getByRole('region', { name: 'Activity' });
  await activity.getByRole('img', { name: 'Last 24 hours: asked 30m, worked 30m' }).waitFor();
  const fact = (name: string) => activity.locator('dl > div').filter({ hasText: name }).locator('dd');
  expect(await fact('Questions asked').textContent()).toBe('0');
  expect(await fact('Median time to answer').textContent()).toBe('–');
  const { questionId } = await client.questions.ask({ title: 'May I?', sessionId });
  server.clock.advance(90_000);
  await server.admin.questions.answer(questionId, { text: 'Yes' });
  await expect.poll(() => fact('Median time to answer').textContent(), { timeout: 20_000 }).toBe('1m');
  expect(await fact('Questions asked').textContent()).toBe('1');
  for (const [button, name] of [
    ['7 days', /^Last 7 days: .*worked [23]d/],
    ['30 days', /^Last 30 days: .*worked [23]d/],
  ] as const) {
    await activity.getByRole('button', { name: button }).click();
    await activity.getByRole('img', { name }).waitFor();
    expect(await activity.getByRole('button', { name: button }).getAttribute('aria-pressed')).toBe('true');
  }
  await page.reload();
  await activity.getByRole('img', { name: /^Last 30 days/ }).waitFor();
});

test('who may not read the fleet’s past sees no strip, and nothing is refused', async () => {
  const { programId, client } = await server.createProgram('watched');
  await client.sessions.create({ name: 'Work', status: 'At work' });
  const { key } = await server.admin.keys.create({ role: 'auditor' });
  await using it = await visit(server.url);
  const { page } = it;
  await page.getByLabel('Key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await fleetRow(page, programId).getByText('Working').waitFor();
  expect(await page.getByRole('img', { name: /^Last 24 hours/ }).count()).toBe(0);
  await page.getByRole('link', { name: programId, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: programId }).waitFor();
  expect(await page.getByRole('region', { name: 'Activity' }).count()).toBe(0);
  expect(it.errors().filter((each) => !each.includes('401'))).toEqual([]);
});
