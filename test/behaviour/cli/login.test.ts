import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Cli, createCli } from '../../support/cli.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let cli: Cli;
let file: string;
const server = useTestServer();
beforeEach(() => {
  cli = createCli();
  file = join(cli.folder, '.config', 'fleetbeat', 'config.json');
  return () => cli.remove();
});

const login = (key = server.adminKey) => cli.runWithInput(`${key}\n`, 'login', '--url', server.url);

test('login stores a valid key readable by its owner only, and logout removes it', async () => {
  expect(await login()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`an operator of the account main at ${server.url}`),
  });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ url: server.url, key: server.adminKey });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await cli.json('status')).me.role).toBe('operator');
  await cli.run('logout');
  expect(existsSync(file)).toBe(false);
  expect(await cli.run('status')).toMatchObject({ code: 4, stderr: expect.stringContaining('fleetbeat login') });
});

test('an invalid key is not stored', async () => {
  expect(await login('fb_no_such-key-at-all-here')).toMatchObject({ code: 4 });
  expect(await login('sesame')).toMatchObject({ code: 2, stderr: expect.stringContaining('fb_<keyId>_<secret>') });
  expect(existsSync(file)).toBe(false);
});

test('a stored key is sent only to its own server', async () => {
  await login();
  const other = await cli.run('status', '--url', 'http://127.0.0.1:2');
  expect(other).toMatchObject({ code: 4, stderr: expect.stringContaining(`the kept one is for ${server.url}`) });
});

test('doctor finds no problem, or names the command that fixes it', async () => {
  await login();
  expect(await cli.json('doctor')).toMatchObject({
    healthy: true,
    findings: expect.arrayContaining([
      expect.objectContaining({
        check: 'mcp',
        result: 'good',
        says: expect.stringMatching(/offers this key \d+ tools/),
      }),
    ]),
  });
  chmodSync(file, 0o644);
  const open = await cli.run('doctor');
  expect(open).toMatchObject({ code: 1, stdout: expect.stringContaining(`→ chmod 600 '${file}'`) });
  chmodSync(file, 0o600);
  const away = await cli.run('doctor', '--url', 'http://127.0.0.1:2', '--key', server.adminKey);
  expect(away).toMatchObject({ code: 1, stdout: expect.stringMatching(/nothing listens there\n.*→ fleetbeat serve/) });
  const refused = await cli.run('doctor', '--key', 'fb_no_such-key-at-all-here');
  expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('The server refuses it') });
  writeFileSync(file, 'nonsense');
  expect(await cli.run('doctor')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('fleetbeat logout removes it'),
  });
});
