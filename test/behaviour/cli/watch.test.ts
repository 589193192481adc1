/** `fleetbeat watch` tells what happens in words, as it happens. */
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, createCli, FLEETBEAT } from '../../support/cli.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let cli: Cli;
const server = useTestServer();
beforeAll(() => {
  cli = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: server.adminKey });
});
afterAll(() => cli.remove());

/** Runs it until the work is done; resolves with the lines that it has printed. */
async function watchWhile(args: readonly string[], work: (lines: () => string[]) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [FLEETBEAT, 'watch', ...args], { env: cli.environment });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    if (!args.includes('--json')) await eventually(async () => stderr.includes('Watching.'));
    await work(() => stdout.split('\n').filter(Boolean));
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}

test('who starts, asks, is answered and finishes is told in a line each, and progress is not', async () => {
  const { programId, client } = await server.createProgram('watched');
  const other = await server.createProgram('other');
  await watchWhile(['--program', programId], async (lines) => {
    const { sessionId } = await client.sessions.create({ name: 'Release', status: 'Building' });
    await client.sessions.update(sessionId, { status: 'Half way', progress: 50 });
    await client.sessions.update(sessionId, { status: 'More than half', progress: 60 });
    await other.client.sessions.create({ name: 'Not of interest' });
    const { questionId } = await client.questions.ask({ title: 'May I\u001b[2J publish?', sessionId });
    await server.admin.questions.answer(questionId, { text: 'Yes' });
    await client.sessions.update(sessionId, { status: 'Published', state: 'complete' });
    await eventually(async () => lines().some((line) => line.includes('finished: Published')));
    const told = lines().map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, ''));
    expect(told.every((line) => line.startsWith(`${programId}  `))).toBe(true);
    const words = told.map((line) => line.slice(programId.length + 2));
    expect(words[0]).toBe('started: Release');
    expect(words).toContain('asks: May I publish?');
    expect(words).toContain('has its answer: May I publish?');
    // It works again once it is answered; what it said in between changed no state.
    expect(words.join('\n')).not.toContain('Half way');
    expect(words.at(-1)).toBe('finished: Published');
  });
});

test('with --json each line is an event', async () => {
  const { programId, client } = await server.createProgram('machine');
  await watchWhile(['--json', '--program', programId], async (lines) => {
    // Nothing says when it listens: it is told of one of these.
    await eventually(async () => {
      await client.sessions.create({ name: 'A run', sessionId: 'watched-run', status: `At ${Date.now()}` });
      return lines().length > 0;
    });
    for (const line of lines()) expect(JSON.parse(line)).toMatchObject({ programId, sessionId: 'watched-run' });
  });
});

test('a wrong key is told at once', async () => {
  const result = await createCliWithWrongKey().run('watch');
  expect(result).toMatchObject({ code: 4, stdout: '' });
});

const createCliWithWrongKey = () => createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: 'fb_wrong_key' });
