import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startUnfinishedRequest } from '../../support/unfinished-request.ts';

const ADMIN_KEY = 'fb_drain-test_0123456789abcdef0123456789abcdef';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.remove());

const start = () => startServerProcess({ DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });

const minting = (server: ServerProcess) =>
  startUnfinishedRequest(`${server.url}/v1/keys`, ADMIN_KEY, { programId: 'builder', label: 'late' });

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('lets a request in flight finish, refuses new connections and exits with 0', async () => {
    const server = await start();
    const request = await minting(server);
    server.signal(signal);
    await server.waitForLog('stopping');
    await expect(fetch(`${server.url}/healthz`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    const answer = await request.finish();
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(answer).toMatch(/^Connection: close\r$/im);
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(server.output()).toContain('"msg":"stopped"');

    const again = await start();
    const { keys } = await again.client(ADMIN_KEY).keys.list();
    expect(answer).toContain(keys.find(({ label }) => label === 'late')?.keyId);
    await again.kill();
  });

  test('does not wait for a connection that is kept alive and says nothing', async () => {
    const server = await start();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await once(socket, 'data');
    server.signal(signal);
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  test('ends event streams, so that nothing waits for them', async () => {
    const server = await start();
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const following = await fetch(`${server.url}/v1/events`, { headers });
    server.signal(signal);
    // A connection that was cut off would reject.
    expect(await following.text()).toContain('event: position');
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  test('given twice does not end a request in flight when the second one is only an echo of the first', async () => {
    const server = await start();
    const request = await minting(server);
    server.signal(signal);
    server.signal(signal);
    await server.waitForLog('stopping');
    expect(await request.finish()).toMatch(/^HTTP\/1\.1 201 /);
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  test('given again and again ends even with a request that never finishes', async () => {
    const server = await start();
    await minting(server);
    const insisting = setInterval(() => server.signal(signal), 200);
    expect(await server.ended).toEqual({ code: 0, signal: null });
    clearInterval(insisting);
  });
});

test('a request that never finishes does not hold a stopping server for ever', async () => {
  const server = await start();
  await minting(server);
  server.signal('SIGTERM');
  expect(await server.ended).toEqual({ code: 0, signal: null });
});

test('a log reader that exits does not stop the server', async () => {
  const server = await start();
  server.closeOutputs();
  for (let round = 1; round <= 3; round += 1) {
    expect((await fetch(`${server.url}/v1/me`)).status).toBe(401);
    expect(await server.client(ADMIN_KEY).me()).toMatchObject({ role: 'operator' });
  }
  server.signal('SIGTERM');
  expect(await server.ended).toEqual({ code: 0, signal: null });
});
