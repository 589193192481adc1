/** Agents that wait for an answer, and people who give it on the home page. */
import { expect, test } from 'vitest';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath, openAttentionCard } from './support/dashboard.ts';

const visit = useBrowser();
const server = useTestServer();

const COMMAND = 'rm -rf build &&\n  npm publish --access public \\\n    --registry https://registry.example.com';
const PERMISSION = {
  kind: 'permission' as const,
  title: 'May Bash run this command?',
  details: [
    { label: 'Tool', value: 'Bash' },
    { label: 'Command', value: COMMAND },
  ],
};

async function createAgent() {
  const program = await server.createProgram();
  await program.client.sessions.create({ name: 'Release', status: 'Preparing the release' });
  return program;
}

test('a command is shown as it would run; who clicks deny denies it, and the agent that waits is told', async () => {
  const { programId, client } = await createAgent();
  const viewport = { width: 390, height: 844 };
  await using it = await visit(server.url, { path: await createSignInPath(server), viewport });
  const { page } = it;
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  const { questionId } = await client.questions.ask(PERMISSION);
  const answer = client.questions.get(questionId, { wait: 25 });

  const card = await openAttentionCard(page, programId);
  const question = card.getByRole('region', { name: PERMISSION.title });
  await question.waitFor();
  expect(await question.getByRole('definition').allInnerTexts()).toEqual(['Bash', COMMAND]);
  await question.getByLabel(/in your own words/).fill('Not from this branch.');
  await question.getByRole('button', { name: 'deny' }).click();

  expect(await answer).toMatchObject({
    state: 'answered',
    answer: { option: 'deny', text: 'Not from this branch.' },
  });
  await card.waitFor({ state: 'detached' });
  expect(it.errors()).toEqual([]);
});

test('a question is answered in words where it takes them, and shows no field where it does not', async () => {
  const { programId, client } = await createAgent();
  const open = await client.questions.ask({ title: 'Which database?' });
  await client.questions.ask({ title: 'Which colour?', options: ['red', 'blue'], freeText: false });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const card = await openAttentionCard(it.page, programId);
  const closed = card.getByRole('region', { name: 'Which colour?' });
  await closed.getByRole('button', { name: 'red' }).waitFor();
  expect(await closed.getByRole('textbox').count()).toBe(0);

  const words = card.getByRole('region', { name: 'Which database?' });
  await words.getByRole('textbox').fill('MariaDB 11.');
  await words.getByRole('button', { name: 'Send' }).click();
  await words.waitFor({ state: 'detached' });
  expect(await client.questions.get(open.questionId)).toMatchObject({ answer: { option: null, text: 'MariaDB 11.' } });
  await closed.getByRole('button', { name: 'red' }).click();
  await card.waitFor({ state: 'detached' });
});

test('who answers too late is told who was faster', async () => {
  const { programId, client } = await createAgent();
  const { questionId } = await client.questions.ask(PERMISSION);
  const { key } = await server.admin.keys.create({ role: 'admin', label: 'Ada' });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  // Ada's answer arrives while that of this page is on its way.
  await page.route(`**/v1/questions/${questionId}/answer`, async (route) => {
    await server.client(key).questions.answer(questionId, { option: 'deny' });
    await route.continue();
  });
  const card = await openAttentionCard(page, programId);
  await card.getByRole('button', { name: 'allow' }).click();
  await page
    .getByRole('alert')
    .getByText(/^Ada was faster and answered “May Bash run this command\?”/)
    .waitFor();
  await card.waitFor({ state: 'detached' });
  expect(await client.questions.get(questionId)).toMatchObject({ answer: { option: 'deny' }, answeredBy: 'Ada' });
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
});
