import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Environment, runFailingStart, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const ADMIN_KEY = `fb_settings-test_${SECRET}`;

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-start-'));
beforeAll(async () => {
  database = await createTestDatabase();
  writeFileSync(join(folder, 'notes.txt'), 'Not a database at all, but long enough to look at.\n'.repeat(40));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.remove();
});

/** It must end with 1 and say this, in a few lines, without a stack. */
async function expectToFail(environment: Environment, ...expectedOutput: (string | RegExp)[]): Promise<string> {
  const { code, output } = await runFailingStart({ DATABASE_URL: database.url, ...environment });
  expect(code).toBe(1);
  expect(output).toMatch(/^Fleetbeat did not start\.\n\n {2}\S/);
  for (const words of expectedOutput) expect(output).toMatch(words);
  expect(output).not.toMatch(/^\s+at /m);
  expect(output).not.toMatch(/node_modules|\bE[A-Z]{4,}\b/);
  return output;
}

describe('a start that cannot succeed says why and which setting changes that', () => {
  test.each<Environment>([
    { PORT: 'eighty', HOST: 'not a host', FLEETBEAT_STALE_AFTER: 'soon', FLEETBEAT_LOG_LEVEL: 'loud' },
    { PORT: '65536', FLEETBEAT_STALE_AFTER: '15', FLEETBEAT_STUCK_AFTER: '-5m' },
    { PORT: '-1', FLEETBEAT_STALE_AFTER: '0s' },
  ])('wrong settings, all named at once with what they are: %o', async (wrong) => {
    const expectedOutput = Object.entries(wrong).flatMap(([name, value]) => [`${name} must be`, `it is '${value}'`]);
    await expectToFail(wrong, ...expectedOutput);
  });

  test.each<Environment>([
    { DATABASE_URL: 'postgres://root:topsecret@127.0.0.1/fleetbeat', FLEETBEAT_ADMIN_KEY: 'topsecret' },
    { DATABASE_URL: 'mysql://root:topsecret@127.0.0.1', FLEETBEAT_ADMIN_KEY: 'fb_admin_topsecret' },
    { DATABASE_URL: 'sqlite:', FLEETBEAT_ADMIN_KEY: `fb__${SECRET}` },
    { DATABASE_URL: 'sqlite://data/topsecret.db', FLEETBEAT_ADMIN_KEY: `Bearer fb_a_${SECRET}` },
  ])('wrong settings that may hold a secret, without repeating them: %o', async (wrong) => {
    const output = await expectToFail(wrong, 'DATABASE_URL must be', 'FLEETBEAT_ADMIN_KEY must be');
    expect(output).not.toContain('topsecret');
    expect(output).not.toContain(SECRET);
  });

  test('a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expectToFail({ PORT: String(port) }, `Port ${port} of 127.0.0.1 is in use`);
    other.close();
  });

  test('an address that is not of this machine', async () => {
    await expectToFail({ HOST: '192.0.2.1' }, '192.0.2.1 is not an address of this machine');
  });

  test('a MySQL server that is not there, without repeating its password', async () => {
    const output = await expectToFail(
      { DATABASE_URL: 'mysql://fleet:topsecret@127.0.0.1:1/fleetbeat' },
      'MySQL server at 127.0.0.1:1 cannot be used: nothing listens there',
    );
    expect(output).not.toContain('topsecret');
  });

  test('a folder for the data in which nothing can be written', async () => {
    await expectToFail({ DATABASE_URL: 'sqlite:/dev/null/fleetbeat.db' }, '/dev/null cannot hold the database');
  });

  test('a database file that is a folder', async () => {
    await expectToFail({ DATABASE_URL: `sqlite:${folder}` }, 'it is not a file that can be read and written');
  });

  test('a database file that is something else, which stays as it was', async () => {
    await expectToFail({ DATABASE_URL: `sqlite:${join(folder, 'notes.txt')}` }, 'not a database');
  });
});

test('FLEETBEAT_STALE_AFTER takes any unit: after 2s of silence a session reads stale', async () => {
  const environment = { FLEETBEAT_ADMIN_KEY: ADMIN_KEY, FLEETBEAT_STALE_AFTER: '2s' };
  const server = await startServerProcess({ DATABASE_URL: database.url, ...environment });
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  const { sessionId } = await server.client(key).sessions.create({ name: 'Silent' });
  const isStale = async () => (await server.client(key).sessions.get(sessionId)).stale;
  await expect.poll(isStale, { interval: 200, timeout: 30_000 }).toBe(true);
  await server.kill();
});

describe('the log', () => {
  test('holds every request at FLEETBEAT_LOG_LEVEL=debug, and only what went wrong at info', async () => {
    for (const level of ['debug', 'info']) {
      const server = await startServerProcess({ DATABASE_URL: database.url, FLEETBEAT_LOG_LEVEL: level });
      await fetch(`${server.url}/healthz`);
      await fetch(`${server.url}/v1/me`);
      server.signal('SIGTERM');
      await server.ended;
      expect(server.output()).toContain('"path":"/v1/me"');
      expect(server.output().includes('"path":"/healthz"')).toBe(level === 'debug');
    }
  });

  test('never holds a secret, not even at trace', async () => {
    const environment = { FLEETBEAT_ADMIN_KEY: ADMIN_KEY, FLEETBEAT_LOG_LEVEL: 'trace' };
    const server = await startServerProcess({ DATABASE_URL: database.url, ...environment });
    const admin = server.client(ADMIN_KEY);
    const { key, keyId } = await admin.keys.create({ programId: 'secretive' });
    await server.client(key).sessions.create({ name: 'Quiet' });
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    const post = (path: string, body: string) => fetch(`${server.url}${path}`, { method: 'POST', headers, body });
    await post('/v1/sessions', `{"name": "${key}`);
    await post('/v1/sessions', JSON.stringify({ name: 'x', key }));
    await post(`/v1/sessions?key=${key}`, '{}');
    await post('/mcp', JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { key } }));
    await fetch(`${server.url}/v1/me`, { headers: { Authorization: `Basic ${btoa(`x:${key}`)}`, Cookie: key } });
    await admin.keys.revoke(keyId);
    await fetch(`${server.url}/v1/me`, { headers });
    server.signal('SIGTERM');
    await server.ended;
    expect(server.output()).toContain('"path":"/mcp"');
    for (const secret of [SECRET, key.slice(`fb_${keyId}_`.length), btoa(`x:${key}`)]) {
      expect(server.output()).not.toContain(secret);
    }
  });
});
