/** What needs a person, numbered, and answered by its number. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, createCli } from '../../support/cli.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let cli: Cli;
const server = useTestServer();
beforeAll(() => {
  cli = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: server.adminKey });
});
afterAll(() => cli.remove());

test('the inbox of a person has what needs one, and a number answers what was shown under it', async () => {
  expect(await cli.run('inbox')).toMatchObject({ code: 0, stdout: 'Nobody needs you.\n' });
  expect(await cli.run('answer', '1', 'Yes')).toMatchObject({ code: 3, stdout: '' });
  const [asker, blocked, worker] = [
    await server.createProgram('asker'),
    await server.createProgram('blocked'),
    await server.createProgram('worker'),
  ];
  await worker.client.sessions.create({ name: 'Busy', status: 'At work' });
  await asker.client.sessions.create({ name: 'Release', status: 'Building' });
  const { questionId } = await asker.client.questions.ask({ title: 'Which branch?', options: ['main', 'next'] });
  server.clock.advance(1_000);
  await blocked.client.sessions.create({ name: 'Migration', status: 'Which database?', state: 'blocked' });

  const { stdout } = await cli.run('inbox');
  const [title, first, second] = stdout.split('\n');
  expect(title).toMatch(/^NO +AGENT +STATE +SINCE +OPTIONS +ASKS/);
  expect(first).toMatch(new RegExp(`^ *1 +${asker.programId} +blocked +\\d+s +main \\| next +Which branch\\?$`));
  expect(second).toMatch(new RegExp(`^ *2 +${blocked.programId} +blocked +\\d+s +Which database\\?$`));
  expect(stdout).not.toContain(worker.programId);

  // Another one comes first meanwhile: the numbers are those that were shown.
  expect(await cli.run('answer', '1', '--option', 'next')).toMatchObject({
    code: 0,
    stdout: 'Answered: Which branch?\n',
  });
  expect((await asker.client.questions.get(questionId)).answer).toEqual({ option: 'next', text: null });
  expect(await cli.run('answer', '2', '--option', 'next')).toMatchObject({ code: 2, stdout: '' });
  expect(await cli.run('answer', '2', 'MariaDB')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`Sent to ${blocked.programId}`),
  });
  expect((await blocked.client.messages.list()).messages).toMatchObject([{ text: 'MariaDB', kind: 'DIRECTIVE' }]);
  expect((await cli.json('inbox')).items).toMatchObject([{ number: 1, session: { programId: blocked.programId } }]);
});
