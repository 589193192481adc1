/** A part of an id is enough, as long as it fits one; what fits several is refused with all of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, createCli } from '../../support/cli.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let cli: Cli;
const server = useTestServer();
beforeAll(() => {
  cli = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: server.adminKey });
});
afterAll(() => cli.remove());

test('a question is answered, a task and a session are shown by the beginning or the end of their ids', async () => {
  const { client } = await server.createProgram('short');
  await client.sessions.create({ name: 'A run', sessionId: 'first-of-all-runs' });
  const { questionId } = await client.questions.ask({ title: 'Which?' });
  expect(await cli.run('answer', questionId.slice(-8), 'That one')).toMatchObject({
    code: 0,
    stdout: 'Answered: Which?\n',
  });
  expect((await client.questions.get(questionId)).answer).toEqual({ option: null, text: 'That one' });
  const { taskId } = await client.tasks.create({ title: 'Look', target: '*' });
  expect((await cli.json('tasks', 'show', taskId.slice(-8))).taskId).toBe(taskId);
  expect((await cli.json('tasks', 'claim', taskId, '--session', 'first-of-all-runs')).taskId).toBe(taskId);
  for (const part of ['first-of', 'all-runs', 'first-of-all-runs'])
    expect((await cli.json('sessions', 'show', part)).sessionId).toBe('first-of-all-runs');
  expect((await cli.json('sessions', 'timeline', 'first-of')).changes.length).toBeGreaterThan(1);
  expect((await cli.json('sessions', 'complete', 'all-runs')).state).toBe('complete');
});

test('what fits several ids changes nothing, and lists them with what tells them apart', async () => {
  const { client } = await server.createProgram('twins');
  await client.sessions.create({ name: 'The left one', sessionId: 'twin-left' });
  await client.sessions.create({ name: 'The right one', sessionId: 'twin-right' });
  const refused = await cli.run('sessions', 'complete', 'twin');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('twin fits 2 ids');
  expect(refused.stderr).toMatch(/twin-left {2}twins[\w-]*: The left one/);
  expect(refused.stderr).toMatch(/twin-right {2}twins[\w-]*: The right one/);
  const machine = await cli.run('sessions', 'complete', 'twin', '--json');
  expect(JSON.parse(machine.stderr).error.candidates.sort()).toEqual(['twin-left', 'twin-right']);
  // A whole id is that one, though it is the beginning of another.
  await client.sessions.create({ name: 'The short one', sessionId: 'twin' });
  expect((await cli.json('sessions', 'show', 'twin')).name).toBe('The short one');
});

test('what fits none, and what is too short to mean one, is not found', async () => {
  const { client } = await server.createProgram('lonely');
  await client.sessions.create({ name: 'A run', sessionId: 'abc-lonely' });
  expect(await cli.run('sessions', 'show', 'nothing-like-it')).toMatchObject({ code: 3, stdout: '' });
  expect(await cli.run('sessions', 'show', 'abc')).toMatchObject({ code: 3, stdout: '' });
});
