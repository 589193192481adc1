import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, createCli, FLEETBEAT } from '../../support/cli.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let cli: Cli;
const server = useTestServer();
beforeAll(async () => {
  const { key } = await server.createProgram();
  cli = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: key });
});
afterAll(async () => {
  cli.remove();
});

// Port without a listener that fetch does not block.
const UNREACHABLE = ['--url', 'http://127.0.0.1:2'];

test.each([
  [0, [], ''],
  [0, ['sessions', '--help'], ''],
  [0, ['help', 'tasks', 'create'], ''],
  [0, ['--version'], ''],
  [2, ['sesions'], 'Did you mean fleetbeat sessions?'],
  [2, ['state'], 'Usage'],
  [2, ['sessions', 'create'], '<name> is missing'],
  [2, ['sessions', 'create', 'x', '--stat', 'y'], 'There is no option --stat'],
  [2, ['sessions', 'create', 'x'.repeat(300)], 'name: must NOT have more than 200 characters'],
  [2, ['status', '--url', 'ftp://x'], '--url is no address of a server'],
  [2, ['state', 'update', 'p', 'absent.json'], 'there is no such file'],
  [3, ['sessions', 'show', 'nowhere'], "No session 'nowhere'"],
  [3, ['tasks', 'show', 'nowhere'], 'fleetbeat tasks list --state all lists them'],
  [4, ['keys'], 'fleetbeat status tells what the key is'],
  [4, ['status', '--key', 'fb_no_such-key-at-all'], 'refuses the key'],
  [5, ['status', ...UNREACHABLE], 'nothing listens there'],
  [5, ['top', ...UNREACHABLE], 'fleetbeat serve starts one here'],
] as const)('ends with %i: fleetbeat %j', async (code, args, says) => {
  const ended = await cli.run(...args);
  expect(ended).toMatchObject({ code, stderr: expect.stringContaining(says) });
  expect(ended.stderr).not.toMatch(/^\s+at |node:internal|Error:/m);
  if (code === 0) expect(ended).toMatchObject({ stdout: expect.stringMatching(/\S/), stderr: '' });
  else expect(ended.stdout).toBe('');
});

test('a conflict exits with 6 and suggests a fix', async () => {
  const { key } = await server.createAccount('free');
  await cli.run('sessions', 'create', 'One', '--program', 'p', '--key', key);
  const second = await cli.run('sessions', 'create', 'Two', '--program', 'p', '--key', key);
  expect(second).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('fleetbeat sessions complete <sessionId> frees a slot'),
  });
});

test("with --json a failure is one line of JSON with the server's problem", async () => {
  const missing = await cli.run('sessions', 'show', 'nowhere', '--json');
  expect(missing).toMatchObject({ code: 3, stdout: '' });
  expect(JSON.parse(missing.stderr)).toEqual({
    error: {
      message: "No session 'nowhere' in this account. Create it first.",
      hint: expect.any(String),
      exitCode: 3,
      kind: 'session-not-found',
      problem: expect.objectContaining({ status: 404, type: '/problems/session-not-found' }),
    },
  });
  expect(JSON.parse((await cli.run('status', '--json', ...UNREACHABLE)).stderr).error).toMatchObject({
    exitCode: 5,
    kind: 'away',
  });
});

test('a server that is not Fleetbeat is recognised', async () => {
  const other = createServer((_request, response) => response.writeHead(404).end('<h1>Not here</h1>'));
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect((await cli.run('status', '--url', url)).stderr).toContain(`Is there a Fleetbeat server at ${url}?`);
  expect((await cli.run('doctor', '--url', url)).stdout).toContain('it is no Fleetbeat server');
  other.close();
});

test('closing the output pipe early is not a failure', async () => {
  const child = spawn(process.execPath, [FLEETBEAT, 'completion', 'bash'], {
    env: cli.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    output += piece;
  });
  child.stdout.destroy();
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(output).toBe('');
});

test("text from agents cannot control the reader's terminal", async () => {
  const sly = { name: 'a\u202Eb', sessionId: 'sly', programId: 'p', status: 'x\u009B31mred' };
  await server.admin.sessions.create(sly);
  const { stdout } = await cli.run('sessions');
  expect(stdout).toContain('sly ');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for them
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
});
