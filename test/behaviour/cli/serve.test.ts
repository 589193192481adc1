import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Cli, createCli, FLEETBEAT } from '../../support/cli.ts';

let cli: Cli;
beforeEach(() => {
  cli = createCli();
});
afterEach(() => cli.remove());

/** `fleetbeat serve`, with its output so far. */
function serve(...args: readonly string[]) {
  const child = spawn(process.execPath, [FLEETBEAT, 'serve', ...args], { cwd: cli.folder, env: cli.environment });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const listener = () => {
        const [, found] = pattern.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      };
      listeners.add(listener);
      listener();
      void ended.then(() => reject(new Error(`It ended without having said ${pattern}:\n${output}`)));
    });
  return { child, ended, says, said: () => output };
}

test('serve runs the server in the foreground with its options, and exits on SIGTERM', async () => {
  const { child, ended, says, said } = serve('--port', '0', '--stale-after', '90s');
  try {
    const url = await says(/Fleetbeat runs at (http:\S+)/);
    const key = readFileSync(join(cli.folder, '.local/share/fleetbeat/admin.key'), 'utf8');
    expect(await cli.runWithInput(key, 'login', '--url', url)).toMatchObject({ code: 0 });
    expect((await cli.json('status')).ready).toMatchObject({ database: 'sqlite' });
    const { findings } = await cli.json('doctor');
    expect(findings).toContainEqual(expect.objectContaining({ check: 'data', result: 'good' }));
    const second = await cli.run('serve', '--port', new URL(url).port);
    expect(second, 'the exit code and the words are those of the server').toMatchObject({ code: 1 });
    expect(second.stderr).toMatch(/in use|locked/);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended, said()).toEqual([0, null]);
});

test.each([
  ['--data', (folder: string) => join(folder, 'elsewhere'), ['--data', 'elsewhere']],
  ['a database in ./data', (folder: string) => join(folder, 'data'), []],
] as const)('serve keeps its data where %s says', async (_name, expected, options) => {
  if (options.length === 0) {
    mkdirSync(join(cli.folder, 'data'));
    writeFileSync(join(cli.folder, 'data/fleetbeat.db'), '');
  }
  const { child, ended, says } = serve('--port', '0', ...options);
  try {
    await says(/Fleetbeat runs at (http:\S+)/);
    expect(readFileSync(join(expected(cli.folder), 'admin.key'), 'utf8')).toMatch(/^fb_/);
    expect(existsSync(join(cli.folder, '.local/share/fleetbeat'))).toBe(false);
  } finally {
    child.kill('SIGTERM');
  }
  await ended;
});

test('serve refuses two databases', async () => {
  const refused = await cli.run('serve', '--data', 'here', '--database', 'sqlite:there.db');
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('name two databases') });
});

test("an invalid server option exits with the server's error", async () => {
  const refused = await cli.run('serve', '--stale-after', 'soon');
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('FLEETBEAT_STALE_AFTER must be a duration'),
  });
});
