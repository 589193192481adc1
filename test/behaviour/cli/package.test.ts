import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { FLEETBEAT } from '../../support/cli.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the npm package runs in an empty folder, and explains what `serve` lacks', () => {
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  execFileSync('npm', pack, {
    cwd: fromRoot('clients/cli'),
    env: { ...process.env, npm_config_cache: join(folder, 'cache') },
  });
  const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', archive], { cwd: folder });
  const run = (...args: readonly string[]) => {
    const main = join(folder, 'package', 'bin', 'fleetbeat.js');
    const env = { PATH: process.env['PATH'], HOME: folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const { version } = JSON.parse(readFileSync(fromRoot('clients/cli/package.json'), 'utf8'));
  expect(run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect(run('--help').stdout).toMatch(/ {2}top +Watch the fleet/);
  // Port 2 has no listener, and fetch does not block it. A network error proves that the package includes the client.
  expect(run('status', '--url', 'http://127.0.0.1:2', '--key', 'fb_a_b').status).toBe(5);
  expect(run('serve')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('This package only connects agents'),
  });
});

test('npx fleetbeat runs this package from the root of the repository', () => {
  expect(realpathSync(fromRoot('node_modules/.bin/fleetbeat'))).toBe(FLEETBEAT);
  expect(statSync(FLEETBEAT).mode & 0o111).toBe(0o111);
});
