/**
 * Every command of the documents is run. The convention: what stands in a block of `sh` is run, block after block in one
 * shell, in a folder like that of a fresh checkout after `make build`, beside a server that was started in it. A block
 * of `console` holds commands that a test cannot run: they fetch from elsewhere, need a program that this machine lacks,
 * or never end. The ports 8787, 8788 and 8789 stand for free ones, and the URLs of MySQL and Redis in
 * docs/host-for-a-team.md for servers of this test.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, inject, test } from 'vitest';
import { freePort } from '../../support/find-mysql.ts';
import { extractShellBlocks, runShellBlocks } from '../../support/markdown-shell.ts';
import { obtainRedis } from '../../support/private-redis.ts';
import { startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const NEEDS_MYSQL = ['docs/host-for-a-team.md'];
/** Beside an agent, in a project: test/behaviour/hooks runs it there. */
const RUN_ELSEWHERE = ['docs/connect-an-agent.md'];
const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]
  .filter((path) => path.endsWith('.md') && !RUN_ELSEWHERE.includes(path) && extractShellBlocks(read(path)).length > 0)
  .filter((path) => NEEDS_MYSQL.includes(path) === (inject('databaseServer') !== 'sqlite'));

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** What a reader has after `make build`, without the sources. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-docs-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['dist', 'node_modules', 'package.json', 'clients'])
    symlinkSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, 'home'));
  return folder;
}

test.each(documents)(
  'every command of %s works',
  async (path) => {
    const folder = checkout();
    const environment = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home') };
    const ports = { 8787: await freePort(), 8788: await freePort(), 8789: await freePort() };
    const stands: Record<string, string> = Object.fromEntries(
      Object.entries(ports).map(([port, free]) => [`127.0.0.1:${port}`, `127.0.0.1:${free}`]),
    );
    for (const [port, free] of Object.entries(ports)) stands[`PORT=${port}`] = `PORT=${free}`;
    if (NEEDS_MYSQL.includes(path)) Object.assign(stands, await sharedServers());
    else {
      const server = await startServerProcess({ ...environment, PORT: String(ports[8787]) }, folder);
      ends.push(() => server.kill());
    }
    const text = Object.entries(stands).reduce((whole, [from, to]) => whole.replaceAll(from, to), read(path));
    const { code, output } = await runShellBlocks(text, folder, environment);
    expect(code, output).toBe(0);
  },
  180_000,
);

/** A database and a Redis for several servers; without a Redis the servers count each for itself, and say so. */
async function sharedServers(): Promise<Record<string, string>> {
  const database = await createTestDatabase();
  ends.push(() => database.remove());
  const redis = await obtainRedis();
  if (typeof redis === 'string') console.warn(`NOT TESTED: REDIS_URL of docs/host-for-a-team.md. ${redis}`);
  else ends.push(() => redis.remove());
  return {
    'mysql://fleetbeat:secret@127.0.0.1:3306/fleetbeat': database.url,
    'redis://127.0.0.1:6379': typeof redis === 'string' ? 'redis://127.0.0.1:6379' : redis.url,
  };
}
