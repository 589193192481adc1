import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, createCli } from '../../support/cli.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let cli: Cli;
const server = useTestServer();
beforeAll(() => {
  cli = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: server.adminKey });
});
afterAll(() => cli.remove());

/** A program with a live session. */
async function createAgent() {
  const program = await server.createProgram();
  const { sessionId } = await program.client.sessions.create({ name: 'A run', status: 'Working' });
  return { ...program, sessionId };
}

test('open questions are shown with the whole command, its lines and its indentation', async () => {
  const { client, programId, sessionId } = await createAgent();
  const lines = ['rm -rf build &&', ...Array.from({ length: 60 }, (_, n) => `  echo ${n} \\`), '', '  npm publish'];
  const details = [
    { label: 'Tool', value: 'Bash' },
    { label: 'Command', value: lines.join('\n') },
  ];
  const { questionId } = await client.questions.ask({ kind: 'permission', title: 'May Bash run this?', details });
  const shown = await cli.run('questions', '--program', programId);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toContain(lines.map((line) => (line === '' ? '' : `      ${line}`)).join('\n'));
  expect(shown.stdout).toMatch(/^May Bash run this\?\n/);
  for (const fact of [`Question  ${questionId}`, `From      ${programId}, session ${sessionId}`, /Asked {5}\d+s ago/])
    expect(shown.stdout).toMatch(fact);
  expect(shown.stdout).toContain('Options   allow | deny | text of your own\n');

  await server.admin.questions.answer(questionId, { option: 'deny' });
  expect((await cli.run('questions', '-p', programId)).stdout).toBe('No questions.\n');
  const [first] = (await cli.json('questions', '-p', programId, '--state', 'answered')).questions;
  expect(first).toMatchObject({ questionId, details, answer: { option: 'deny', text: null } });
});

test('nothing of a question is obeyed by the terminal, hidden, or passes itself off as a fact', async () => {
  const { client, programId } = await createAgent();
  const value = 'echo hi\u001b[2K\rrm -rf ~ \u202e\nQuestion  another';
  const details = [{ label: 'Com\u001b[31mmand\nOptions', value }];
  await client.questions.ask({ title: 'May\u001b[2J I?', details });
  const { stdout } = await cli.run('questions', '-p', programId);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test makes sure that there are none
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(stdout).toMatch(/^May I\?\n/);
  expect(stdout).toContain(
    '  Command Options:\n      echo hi\\u{1b}[2K\\u{d}rm -rf ~ \\u{202e}\n      Question  another\n',
  );
});

test('a list is limited, and tells that there are more', async () => {
  const { client, programId } = await createAgent();
  for (const title of ['First?', 'Second?', 'Third?']) await client.questions.ask({ title });
  const part = await cli.run('questions', '-p', programId, '--limit', '2');
  expect(part.stdout).toMatch(/^Third\?\n[\s\S]*\n\nSecond\?\n/);
  expect(part.stdout).not.toContain('First?');
  expect(part.stderr).toContain('These are the first 2');
  expect((await cli.json('questions', '-p', programId, '--all')).questions).toHaveLength(3);
});

test('an answer reaches the agent: an option, words, or both', async () => {
  const { client, programId } = await createAgent();
  const ask = () => client.questions.ask({ title: 'Which?', options: ['red', 'blue'] });
  const both = await ask();
  const done = await cli.run('answer', both.questionId, 'It is calmer', '--option', 'blue');
  expect(done).toMatchObject({ code: 0, stdout: 'Answered: Which?\n' });
  expect((await client.questions.get(both.questionId)).answer).toEqual({ option: 'blue', text: 'It is calmer' });
  const words = await ask();
  await cli.runWithInput('Neither,\nthank you\n', 'answer', words.questionId, '-');
  expect((await client.questions.get(words.questionId)).answer).toEqual({ option: null, text: 'Neither,\nthank you' });
  const { stdout } = await cli.run('questions', '-p', programId, '--state', 'all');
  expect(stdout).toContain('  Answer:\n      Neither,\n      thank you\n');
  expect(stdout).toMatch(/State {5}answered \d+s ago\n/);
});

test('an answer that comes too late is told who was first, and when', async () => {
  const { client } = await createAgent();
  const { questionId } = await client.questions.ask({ kind: 'permission', title: 'May I?' });
  const { key } = await server.admin.keys.create({ role: 'admin', label: 'Ada' });
  const { closedAt } = await server.client(key).questions.answer(questionId, { option: 'deny' });
  const late = await cli.run('answer', questionId, '--option', 'allow');
  expect(late).toMatchObject({ code: 6, stdout: '' });
  expect(late.stderr).toContain(`was answered by 'Ada' at ${closedAt}`);
  expect(late.stderr).toContain('fleetbeat questions --state answered');
  const machine = await cli.run('answer', questionId, '--option', 'allow', '--json');
  expect(JSON.parse(machine.stderr).error).toMatchObject({
    kind: 'question-answered',
    problem: { answeredBy: 'Ada', answeredAt: closedAt },
  });
});

test('an answer without anything in it, and one that was not offered, are refused', async () => {
  const { client } = await createAgent();
  const { questionId } = await client.questions.ask({ title: 'Which?', options: ['red'] });
  const empty = await cli.run('answer', questionId);
  expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining('give a text or --option') });
  const other = await cli.run('answer', questionId, '--option', 'green');
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining("must be one of 'red'") });
  const unknown = await cli.run('answer', '0196f0c2-0000-7000-8000-000000000000', 'Yes');
  expect(unknown).toMatchObject({ code: 3, stderr: expect.stringContaining('fleetbeat questions --state all') });
});
