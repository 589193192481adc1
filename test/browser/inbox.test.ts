/** Needs you as an inbox: keys, groups, snoozing, answers with a way back, and the counts where the page is not seen. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { MINUTE } from '../../server/platform/clock.ts';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { attentionCard, createSignInPath, filterButton, openAttentionCard } from './support/dashboard.ts';

const visit = useBrowser();
const server = useTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '500ms' } });

async function createAsker(name: string, title: string) {
  const program = await server.createProgram(name);
  const { sessionId } = await program.client.sessions.create({ name: 'Release', status: 'Preparing' });
  const { questionId } = await program.client.questions.ask({ title, options: ['allow', 'deny'] });
  return { ...program, sessionId, questionId };
}

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('article')?.getAttribute('aria-label'));

test('the inbox is worked through by keys alone, and what was sent can be undone for a moment', async () => {
  const first = await createAsker('first', 'May I publish?\n  npm publish');
  const second = await createAsker('second', 'May I push?');
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await attentionCard(page, first.programId).waitFor();
  await page.getByRole('heading', { level: 2, name: 'Needs you 2' }).waitFor();
  expect(await page.title()).toBe('(2) Fleet · Fleetbeat');
  expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/icon-alert.svg');

  await page.keyboard.press('j');
  await expect.poll(() => focused(page)).toBe(`${first.programId} needs you`);
  await page.keyboard.press('j');
  await expect.poll(() => focused(page)).toBe(`${second.programId} needs you`);
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  const question = attentionCard(page, first.programId).getByRole('region');
  expect(await question.innerText()).toContain('May I publish?\n  npm publish');
  await page.keyboard.press('2');
  const undo = page.getByRole('button', { name: 'Undo' });
  await question.getByText('Answered: deny').waitFor();
  await undo.click();
  await question.getByText('Answered').waitFor({ state: 'detached' });

  await attentionCard(page, first.programId).getByRole('button', { expanded: true }).focus();
  await page.keyboard.press('r');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await page.keyboard.type('Only from main: x e s.');
  await page.keyboard.press('Control+Enter');
  await attentionCard(page, first.programId).waitFor({ state: 'detached' });
  expect(await first.client.questions.get(first.questionId)).toMatchObject({
    state: 'answered',
    answer: { option: null, text: 'Only from main: x e s.' },
  });
  expect(await second.client.questions.get(second.questionId)).toMatchObject({ state: 'open' });
  await expect.poll(() => page.title()).toBe('(1) Fleet · Fleetbeat');

  // What became of it stays on the page of the session.
  await first.client.sessions.update(first.sessionId, { status: 'Publishing from main' });
  await page.goto(`${server.url}/sessions/${first.sessionId}`);
  const thread = page.getByRole('region', { name: 'Questions and answers' });
  await thread.getByText('Only from main: x e s.').waitFor();
  await thread.getByText(/^Then: /).waitFor();
  for (const { client, sessionId } of [first, second])
    await client.sessions.update(sessionId, { state: 'complete', status: 'Over' });
  expect(it.errors()).toEqual([]);
});

test('a blocked program is answered on its own page, and on that of its session', async () => {
  const { programId, sessionId, client, questionId } = await createAsker('elsewhere', 'Which database?');
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await attentionCard(page, programId).waitFor();
  await page.goto(`${server.url}/programs/${programId}`);
  await page.getByRole('region', { name: 'Which database?' }).getByRole('button', { name: 'allow' }).waitFor();
  await page.goto(`${server.url}/sessions/${sessionId}`);
  const question = page.getByRole('region', { name: 'Which database?' });
  await question.getByRole('textbox').fill('MariaDB 11.');
  await question.getByRole('button', { name: 'Send' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await client.questions.get(questionId)).toMatchObject({ answer: { text: 'MariaDB 11.' } });
  await client.sessions.update(sessionId, { state: 'complete', status: 'Over' });
});

test('many silent ones are one line; they are put aside until they change, or marked as complete', async () => {
  const programs = await Promise.all(Array.from({ length: 7 }, (_, index) => server.createProgram(`silent-${index}`)));
  const sessions = await Promise.all(
    programs.map(({ client }) => client.sessions.create({ name: 'Build', status: 'Compiling' })),
  );
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await filterButton(page, 'Working', 7).waitFor();
  server.clock.advance(16 * MINUTE);
  const group = page.getByRole('article', { name: '7 silent' });
  await group.getByText(/^7 silent since \d\d:\d\d$/).waitFor();
  expect(await page.getByRole('article', { name: /needs you$/ }).count()).toBe(0);

  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('group', { name: '7 selected' }).waitFor();
  await page.keyboard.press('e');
  await group.waitFor({ state: 'detached' });
  await expect.poll(() => page.title()).toBe('Fleet · Fleetbeat');
  // Put aside on this device, also after a reload.
  await page.reload();
  await page.getByRole('button', { name: 'Show 7 put aside' }).click();
  await group.getByRole('button').click();
  const [program] = programs;
  const id = program?.programId ?? '';
  await attentionCard(page, id).getByRole('button', { expanded: false }).click();
  await attentionCard(page, id).getByRole('button', { name: 'Mark as complete' }).click();
  await page.getByRole('article', { name: '6 silent' }).waitFor();
  expect(await server.admin.sessions.get(sessions[0]?.sessionId ?? '')).toMatchObject({ state: 'complete' });

  // Snoozed, they are back a quarter of an hour later, by the clock of the server, which the next event tells.
  await page.getByRole('article', { name: '6 silent' }).getByRole('button').focus();
  await page.keyboard.press('s');
  await page.getByRole('article', { name: '6 silent' }).waitFor({ state: 'detached' });
  server.clock.advance(16 * MINUTE);
  await server.admin.sessions.create({ programId: 'another', name: 'Build', status: 'Compiling' });
  await page.getByRole('article', { name: '6 silent' }).waitFor();
  expect(it.errors()).toEqual([]);
});

test('an answer goes out at once when the page is left', async () => {
  const { programId, client, questionId, sessionId } = await createAsker('leaver', 'Go on?');
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  const card = await openAttentionCard(page, programId);
  await card.getByRole('button', { name: 'allow' }).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect(await client.questions.get(questionId, { wait: 20 })).toMatchObject({ answer: { option: 'allow' } });
  await client.sessions.update(sessionId, { state: 'complete', status: 'Over' });
});
