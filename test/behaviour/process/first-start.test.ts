import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import {
  type Environment,
  runFailingStart,
  type ServerProcess,
  startServerProcess,
} from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const FIRST = { id: 'first', secret: '0123456789abcdef0123456789abcdef' };
const OTHER = { id: 'other', secret: 'fedcba9876543210fedcba9876543210' };
const formatKey = ({ id, secret }: { id: string; secret: string }) => `fb_${id}_${secret}`;
const SHOWN = /fb_[\w-]+_[\w-]+/g;

let database: TestDatabase;
const servers: ServerProcess[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.kill()));
  await database.remove();
});

async function start(environment: Environment = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: database.url, ...environment });
  servers.push(server);
  return server;
}

async function restart(environment: Environment = {}): Promise<ServerProcess> {
  await servers.pop()?.kill();
  return start(environment);
}

const adminKeyEnvironment = (key: { id: string; secret: string }): Environment => ({
  FLEETBEAT_ADMIN_KEY: formatKey(key),
});

/** What the person who started it is shown after the log line `listening`. */
const shownKeys = async (server: ServerProcess) => {
  server.signal('SIGTERM');
  await server.ended;
  return [...new Set(server.output().match(SHOWN) ?? [])];
};

describe('without FLEETBEAT_ADMIN_KEY', () => {
  test('the first start makes one operator key and shows it once; a second start does not', async () => {
    const [key = '', ...more] = await shownKeys(await start());
    expect(more).toEqual([]);
    const second = await restart();
    expect(await second.client(key).me()).toMatchObject({ role: 'operator', programId: null });
    expect((await second.client(key).keys.list()).keys).toHaveLength(1);
    expect(await shownKeys(second)).toEqual([]);
  });

  test('two servers that start at once on an empty database agree on one account and one key', async () => {
    const both = await Promise.all([start(), start()]);
    const shown = (await Promise.all(both.map(shownKeys))).flat();
    expect(shown).toHaveLength(1);
    const third = await start();
    expect((await third.client(shown[0] ?? '').keys.list()).keys).toHaveLength(1);
  });
});

describe('with FLEETBEAT_ADMIN_KEY', () => {
  test('two servers that start at once on an empty database agree on one account and one key', async () => {
    const both = await Promise.all([start(adminKeyEnvironment(FIRST)), start(adminKeyEnvironment(FIRST))]);
    const accounts = await Promise.all(both.map((server) => server.client(formatKey(FIRST)).me()));
    expect(accounts[0]).toEqual(accounts[1]);
    for (const server of both) {
      const { keys } = await server.client(formatKey(FIRST)).keys.list();
      expect(keys.map(({ keyId }) => keyId)).toEqual([FIRST.id]);
    }
    const made = await both[0]?.client(formatKey(FIRST)).keys.create({ programId: 'builder' });
    expect(await both[1]?.client(made?.key ?? '').me()).toMatchObject({ programId: 'builder' });
  });

  test('the given key is the first one, and is never shown', async () => {
    const server = await start(adminKeyEnvironment(FIRST));
    expect(await server.client(formatKey(FIRST)).me()).toMatchObject({ keyId: FIRST.id, role: 'operator' });
    expect(await shownKeys(server)).toEqual([]);
    expect(server.output()).toContain('FLEETBEAT_ADMIN_KEY');
  });

  test('a new value adds a key, and the old one still works', async () => {
    await start(adminKeyEnvironment(FIRST));
    const server = await restart(adminKeyEnvironment(OTHER));
    for (const key of [FIRST, OTHER]) {
      expect(await server.client(formatKey(key)).me()).toMatchObject({ keyId: key.id, role: 'operator' });
    }
  });

  test('a key that was revoked and is given again stays revoked', async () => {
    const first = await start(adminKeyEnvironment(FIRST));
    await first.client(formatKey(FIRST)).keys.create({ role: 'operator', label: 'spare' });
    await first.client(formatKey(FIRST)).keys.revoke(FIRST.id);
    const second = await restart(adminKeyEnvironment(FIRST));
    await expect(second.client(formatKey(FIRST)).me()).rejects.toMatchObject({ status: 401 });
  });

  test('the same id with another secret replaces the key', async () => {
    await start(adminKeyEnvironment(FIRST));
    const changed = { ...FIRST, secret: OTHER.secret };
    const server = await restart(adminKeyEnvironment(changed));
    await expect(server.client(formatKey(FIRST)).me()).rejects.toMatchObject({ status: 401 });
    expect(await server.client(formatKey(changed)).me()).toMatchObject({ keyId: FIRST.id, role: 'operator' });
    expect((await server.client(formatKey(changed)).keys.list()).keys).toHaveLength(1);
  });

  test('the id of a key that was made for somebody else is refused', async () => {
    const server = await start(adminKeyEnvironment(FIRST));
    const { keyId } = await server.client(formatKey(FIRST)).keys.create({ programId: 'builder' });
    await server.kill();
    const end = await runFailingStart({
      DATABASE_URL: database.url,
      ...adminKeyEnvironment({ id: keyId, secret: OTHER.secret }),
    });
    expect(end).toMatchObject({ code: 1, output: expect.stringMatching(/FLEETBEAT_ADMIN_KEY .*another id/) });
    expect(end.output).not.toContain(OTHER.secret);
  });
});

if (inject('databaseServer') === 'sqlite') {
  describe('beside the embedded database', () => {
    const file = () => join(dirname(database.url.slice('sqlite:'.length)), 'admin.key');

    test('the first key lies in a file that only its owner may read, and a second start points to it', async () => {
      const first = await start();
      expect(statSync(file()).mode & 0o777).toBe(0o600);
      const storedKey = readFileSync(file(), 'utf8').trim();
      expect(first.output()).toContain(file());
      expect(await shownKeys(first)).toEqual([storedKey]);
      chmodSync(file(), 0o644);
      const second = await restart();
      expect(statSync(file()).mode & 0o777).toBe(0o600);
      expect(await second.client(storedKey).me()).toMatchObject({ role: 'operator' });
      expect(await shownKeys(second)).toEqual([]);
      expect(second.output()).toMatch(new RegExp(`Operator key .*${file()}`));
    });

    test('a configured key is written nowhere', async () => {
      await start(adminKeyEnvironment(FIRST));
      expect(existsSync(file())).toBe(false);
    });

    test('a second start does not point to a file whose key was revoked', async () => {
      const first = await start();
      const operator = first.client(readFileSync(file(), 'utf8').trim());
      await operator.keys.create({ role: 'operator', label: 'spare' });
      await operator.keys.revoke((await operator.me()).keyId);
      const second = await restart();
      await shownKeys(second);
      expect(second.output()).not.toContain(file());
    });

    test('two databases in one folder keep a key each', async () => {
      const [mine = ''] = await shownKeys(await start());
      const neighbour = database.url.replace('fleetbeat.db', 'other.db');
      await shownKeys(await start({ DATABASE_URL: neighbour }));
      expect(readFileSync(file(), 'utf8').trim()).toBe(mine);
      expect(existsSync(file().replace('admin.key', 'other.admin.key'))).toBe(true);
    });
  });
}
