import Database from 'libsql';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { startProxy } from '../../support/cuttable-proxy.ts';
import { requestJson, UNAVAILABLE_RESPONSE } from '../../support/request-json.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_away-test_0123456789abcdef0123456789abcdef';

let database: TestDatabase;
let server: ServerProcess;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => server.kill());
afterAll(() => database.remove());

const request = (path: string, body?: unknown) => requestJson(server.url, ADMIN_KEY, path, body);

test('a server that has started is ready', async () => {
  server = await startServerProcess({ DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
  expect(await request('/readyz')).toMatchObject({
    status: 200,
    body: { migrations: 'done', database: database.kind },
  });
});

if (inject('databaseServer') === 'sqlite') {
  test('while another program holds the database file locked a write is 503; then it works again', async () => {
    server = await startServerProcess({ DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
    const other = new Database(database.url.slice('sqlite:'.length));
    other.exec('BEGIN IMMEDIATE');
    const writes = Array.from({ length: 20 }, () => request('/v1/keys', { programId: 'builder' }));
    const refused = Promise.all(writes);
    // What needs no lock is answered while they wait for it.
    const reads = (async () => [await request('/healthz'), await request('/readyz'), await request('/v1/sessions')])();
    expect(await Promise.race([reads, ...writes])).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
    for (const refusal of await refused) expect(refusal).toMatchObject(UNAVAILABLE_RESPONSE);
    other.exec('ROLLBACK');
    expect(await request('/v1/keys', { programId: 'builder' })).toMatchObject({ status: 201 });
    other.close();
  });
} else {
  test('without its database the server is alive but not ready; it becomes ready again without a restart', async () => {
    const network = await startProxy(database.url);
    server = await startServerProcess({ DATABASE_URL: network.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
    expect(await request('/readyz')).toMatchObject({ status: 200 });

    await network.cut();
    for (const path of ['/readyz', '/v1/sessions', '/v1/fleet/health'])
      expect(await request(path)).toMatchObject(UNAVAILABLE_RESPONSE);
    expect(await request('/v1/keys', { programId: 'builder' })).toMatchObject(UNAVAILABLE_RESPONSE);
    expect(await request('/healthz')).toMatchObject({ status: 200 });

    await network.restore();
    await expect.poll(async () => (await request('/readyz')).status, { timeout: 30_000 }).toBe(200);
    expect(await request('/v1/keys', { programId: 'builder' })).toMatchObject({ status: 201 });

    await network.cut();
    server.signal('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    await network.close();
  });
}
