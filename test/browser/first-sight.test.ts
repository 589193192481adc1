/** What is shown while the fleet loads, where something is missing, and where words are longer than the screen. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { randomName } from '../support/test-server.ts';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath, filterButton, fleetRow } from './support/dashboard.ts';

const visit = useBrowser();
const server = useTestServer();

test('no number is shown before it is known', async () => {
  const { programId, client } = await server.createProgram('asker');
  await client.sessions.create({ name: 'Release', status: 'Which branch?', state: 'blocked' });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await fleetRow(page, programId).getByText('Blocked').waitFor();
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/v1/sessions?**', async (route) => {
    await answered;
    await route.continue();
  });
  const health = page.waitForResponse('**/v1/fleet/health');
  await page.reload();
  await health;
  await page.getByRole('status', { name: 'Loading the fleet…' }).waitFor();
  expect(await page.getByText(/No recent session/).count()).toBe(0);
  expect(await page.getByRole('button', { name: /\d/ }).count()).toBe(0);
  answer();
  await filterButton(page, 'Need you', 1).waitFor();
  await fleetRow(page, programId).getByText('Blocked').waitFor();
});

test('a program that ended well says what it did, and so it does after a reload', async () => {
  const { programId, client } = await server.createProgram('reviewer');
  const { sessionId } = await client.sessions.create({ name: 'Review PR 482', status: 'Reading' });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  const row = fleetRow(page, programId);
  await row.getByText('Working').waitFor();
  await client.sessions.update(sessionId, { state: 'complete', status: 'Approved', progress: 100 });
  for (const again of [false, true]) {
    if (again) await page.reload();
    await row.getByText('Done', { exact: true }).waitFor();
    await row.getByRole('link', { name: 'Review PR 482 · Approved' }).waitFor();
    await row.getByRole('progressbar', { name: 'Progress' }).waitFor();
  }
  await page.getByRole('button', { name: /^Done \d+$/ }).click();
  await row.waitFor();
  await page.getByRole('button', { name: /^Offline \d+$/ }).click();
  await row.waitFor({ state: 'detached' });
});

test('a task for any program is counted once, and not in every row', async () => {
  const programs = [await server.createProgram('one'), await server.createProgram('two')];
  const { taskId } = await server.admin.tasks.create({ title: 'Renew the certificates', target: '*' });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('link', { name: '1 task for any program' }).waitFor();
  for (const { programId } of programs) await fleetRow(page, programId).getByText('0 pending tasks').waitFor();
  const [first] = programs;
  await first?.client.sessions.create({ name: 'Work', status: 'At work' });
  await first?.client.tasks.claim(taskId);
  await page.getByRole('link', { name: '1 task for any program' }).waitFor({ state: 'detached' });
});

test.each([
  ['/sessions/nope', 'There is no session nope', 'Back to the fleet'],
  ['/programs/nope', 'There is no program nope', 'Back to the fleet'],
  ['/tasks/00000000-0000-7000-8000-000000000000', /^There is no task/, 'All tasks'],
  ['/webhooks/00000000-0000-7000-8000-000000000000', /^There is no webhook/, 'All webhooks'],
])('%s says that it is not there, and leads back', async (path, title, back) => {
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await page.goto(server.url + path);
  await page.getByText(title).waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await page.getByRole('link', { name: back }).click();
  await page.getByRole('heading', { level: 1, name: /^(Fleet|Tasks|Webhooks)$/ }).waitFor();
});

/** What is wider than its screen, and each control that lies on another. */
const findLayoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = [];
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) faults.push(`${over} pixels wider than the screen`);
    for (const button of document.querySelectorAll('.code button')) {
      const text = button.parentElement?.querySelector('pre');
      if (text && text.getBoundingClientRect().right > button.getBoundingClientRect().left)
        faults.push(`${button.textContent} lies on its text`);
    }
    return faults;
  });

test('long ids, names and words fit phones and tablets', async () => {
  const long = (name: string) => `${name}-${'x'.repeat(58)}`;
  const { programId, client } = await server.createProgram(long('a'));
  const { sessionId } = await client.sessions.create({
    name: `Everything in one word: ${'y'.repeat(150)}`,
    status: 'z'.repeat(200),
    projectName: 'p'.repeat(100),
    state: 'blocked',
  });
  const { taskId } = await server.admin.tasks.create({ title: 't'.repeat(120), target: programId });
  await server.admin.tasks.create({ title: 'A task', target: long('missing').slice(0, 20) }).catch(() => undefined);
  await server.admin.keys.create({ programId, label: 'l'.repeat(60) });
  await client.messages.send({ to: programId, kind: 'STATUS', text: 'm'.repeat(300) });
  await client.questions.ask({ title: 'q'.repeat(200), options: ['o'.repeat(120), 'no'] });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  const encoded = encodeURIComponent(programId);
  const paths = [
    ...['/', '/tasks', '/keys', '/audit', '/connect', '/settings'],
    ...[`/sessions/${sessionId}`, `/programs/${programId}`, `/tasks/${taskId}`, `/messages?program=${encoded}`],
    `/programs/${long('unknown')}`,
    `/sessions/${long('unknown')}`,
  ];
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto(server.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.loading, .skeleton').first().waitFor({ state: 'detached' });
    for (const width of [360, 390, 768]) {
      await page.setViewportSize({ width, height: 844 });
      faults.push(...(await findLayoutFaults(page)).map((fault) => `${path} at ${width}: ${fault}`));
    }
  }
  expect(faults).toEqual([]);
  // The whole name is in reach, on the page that the row leads to.
  await page.goto(server.url);
  await page.getByRole('link', { name: programId, exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: programId }).waitFor();
});

test('what agents and people write is laid out in the direction of its own script', async () => {
  const { programId, client } = await server.createProgram('arabic');
  const status = 'هل أنتقل إلى MariaDB (PR 45)؟';
  const { sessionId } = await client.sessions.create({ sessionId: randomName('s'), name: 'ترحيل', status });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  const getDirection = (text: string) =>
    page
      .getByText(text)
      .first()
      .evaluate((element) => getComputedStyle(element).direction);
  await fleetRow(page, programId).waitFor();
  expect(await getDirection(status)).toBe('rtl');
  await page.goto(`${server.url}/sessions/${sessionId}`);
  await page.getByText(status).first().waitFor();
  expect(await getDirection(status)).toBe('rtl');
  await page.getByRole('button', { name: 'Send a message' }).click();
  const box = page.getByRole('textbox');
  await box.fill(status);
  expect(await box.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
});
