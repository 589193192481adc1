/** The files of the embedded database: whole by themselves, private, and missed when they are gone. */
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FleetbeatError } from '../../../clients/typescript/src/index.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import { schema } from '../../../server/schema/index.ts';
import { eventually } from '../../support/eventually.ts';
import { requestJson, UNAVAILABLE_RESPONSE } from '../../support/request-json.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_files-test_0123456789abcdef0123456789abcdef';

let database: TestDatabase;
let file: string;
const servers: ServerProcess[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  file = database.url.slice('sqlite:'.length);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.kill()));
  await database.remove();
});

async function start(url = database.url): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
  servers.push(server);
  return server;
}

const write = (server: ServerProcess, sessionId: string) =>
  server.client(ADMIN_KEY).sessions.create({ name: sessionId, sessionId, programId: 'builder' });

/** The sessions in a copy of the database file, without its write-ahead log. */
function readCopy(): string[] {
  const copy = join(dirname(file), 'copy', basename(file));
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(file, copy);
  const rows = new Database(copy).prepare('SELECT sessionId FROM sessions ORDER BY sessionId').all();
  rmSync(dirname(copy), { recursive: true });
  return rows.map((row) => (row as { sessionId: string }).sessionId);
}

test('the file of a stopped server, copied alone, is the whole installation', async () => {
  const server = await start();
  await write(server, 's-1');
  server.signal('SIGTERM');
  expect(await server.ended).toEqual({ code: 0, signal: null });
  expect(readCopy()).toEqual(['s-1']);
});

test('after a crash the next start makes the file whole', async () => {
  const server = await start();
  await write(server, 's-1');
  await server.kill();
  await start();
  expect(readCopy()).toEqual(['s-1']);
});

test('the server says so when the file alone is not whole', async () => {
  const server = await start();
  await write(server, 's-1');
  const reader = new Database(file);
  reader.exec('BEGIN; SELECT * FROM sessions');
  await write(server, 's-2');
  server.signal('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0 });
  expect(server.output()).toMatch(/not complete without .*fleetbeat\.db-wal/);
  reader.exec('COMMIT');
  reader.close();
});

test('its files are for their owner alone, in an open folder, and when they were open to others before', async () => {
  chmodSync(dirname(file), 0o777);
  const umask = process.umask(0);
  try {
    await (await start()).kill();
    expectPrivate();
    for (const name of [file, `${file}-wal`, `${file}-shm`]) chmodSync(name, 0o666);
    await start();
    expectPrivate();
  } finally {
    process.umask(umask);
  }
});

function expectPrivate(): void {
  for (const suffix of ['', '-wal', '-shm'])
    expect((statSync(file + suffix).mode & 0o777).toString(8), suffix).toBe('600');
}

test.each(['', '-wal'])(
  'a database file%s that is removed under the server is missed until it is back',
  async (suffix) => {
    const server = await start();
    await write(server, 's-1');
    const path = file + suffix;
    renameSync(path, `${path}.away`);
    expect(await requestJson(server.url, ADMIN_KEY, '/readyz')).toMatchObject(UNAVAILABLE_RESPONSE);
    await expect(write(server, 's-2')).rejects.toMatchObject({ status: 503 });
    expect(server.output()).toContain(`${path} was removed while the server had it open`);
    writeFileSync(path, '');
    await expect(write(server, 's-2')).rejects.toMatchObject({ status: 503 });
    renameSync(`${path}.away`, path);
    await write(server, 's-3');
    expect(await requestJson(server.url, ADMIN_KEY, '/readyz')).toMatchObject({ status: 200 });
    const { sessions } = await server.client(ADMIN_KEY).sessions.list();
    expect(sessions.map(({ sessionId }) => sessionId).sort()).toEqual(['s-1', 's-3']);
  },
);

test('a removed database file is in the log without any request', async () => {
  const server = await start();
  rmSync(file);
  await eventually(async () => server.output().includes('was removed while the server had it open'));
});

test('every commit is on the disk before it is answered', async () => {
  const store = await openStore(database.url, schema);
  const read = (name: string) => store.read((manager) => manager.query(`PRAGMA ${name}`));
  // 2 is FULL.
  expect(await read('synchronous')).toEqual([{ synchronous: 2 }]);
  expect(await read('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  await store.close();
});

test('two servers on one file keep every write of both', { timeout: 240_000 }, async () => {
  const first = await start();
  const both = [first, await start()];
  const { key } = await first.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  const update = async (server: ServerProcess, index: number): Promise<void> => {
    const id = `p-${index}`;
    const write = () =>
      server.client(key).state.update('builder', { learnedPatterns: [{ ...PATTERN, id }] }, { idempotencyKey: id });
    // On a busy machine one server may wait for the other's lock for as long as a request takes.
    await eventually(() =>
      write().catch((error: FleetbeatError) => (error.status === 503 ? false : Promise.reject(error))),
    );
  };
  await Promise.all(Array.from({ length: 48 }, (_, index) => update(both[index % 2] ?? first, index)));
  for (const server of both) {
    const state = await server.client(key).state.read('builder');
    expect(state.version).toBe(48);
    expect(state.learnedPatterns).toHaveLength(48);
  }
});

const PATTERN = { domain: 'auth', pattern: 'Check expiry first', confidence: 0.9 };
