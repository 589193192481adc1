import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { runFailingStart, type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_several-hosts_0123456789abcdef0123456789abcdef';

let database: TestDatabase;
let proxies: CuttableProxy[];
let server: ServerProcess | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
  proxies = await Promise.all([startProxy(database.url), startProxy(database.url)]);
});
afterEach(async () => {
  await server?.kill();
  for (const proxy of proxies) await proxy.restore();
});
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await database.remove();
});

/** One URL that names the database by all ways. */
function buildMultiHostUrl(): string {
  const [first, ...others] = proxies.map(({ url }) => new URL(url));
  return first?.href.replace(first.host, [first, ...others].map((url) => url?.host).join(',')) ?? '';
}

const cutProxy = (index: number) => proxies[index]?.cut();
const restoreProxy = (index: number) => proxies[index]?.restore();

/** What a write of a session, and the question whether the server is ready, are answered with. */
async function requestBoth(): Promise<{ statuses: number[]; waits: (string | null)[] }> {
  const headers = { Authorization: `Bearer ${ADMIN_KEY}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'Try', sessionId: 'try', programId: 'builder' });
  const write = await fetch(`${server?.url}/v1/sessions`, { method: 'POST', headers, body });
  const ready = await fetch(`${server?.url}/readyz`);
  const both = [write, ready];
  return { statuses: both.map(({ status }) => status), waits: both.map((each) => each.headers.get('retry-after')) };
}

test('a server starts while the first host is down, and follows the primary when it moves', async () => {
  await cutProxy(0);
  server = await startServerProcess({ DATABASE_URL: buildMultiHostUrl(), FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
  expect((await requestBoth()).statuses).toEqual([201, 200]);

  await cutProxy(1);
  const number = expect.stringMatching(/^\d+$/);
  expect(await requestBoth()).toEqual({ statuses: [503, 503], waits: [number, number] });
  await restoreProxy(0);
  await expect.poll(async () => (await requestBoth()).statuses, { timeout: 30_000 }).toEqual([200, 200]);
  expect(server.output()).toMatch(/no longer written to: it does not answer, and another one has its place/);
});

test('a start fails while two hosts accept writes, or none, with the reason for each', async () => {
  const environment = { DATABASE_URL: buildMultiHostUrl(), FLEETBEAT_ADMIN_KEY: ADMIN_KEY };
  const both = await runFailingStart(environment);
  expect(both).toMatchObject({ code: 1 });
  expect(both.output).toMatch(
    /^Fleetbeat did not start\.\n\n {2}DATABASE_URL: exactly one of its servers must take writes\./,
  );
  expect(both.output.match(/- 127\.0\.0\.1:\d+: it takes writes, and it is not the only one/g)).toHaveLength(2);

  await cutProxy(0);
  await cutProxy(1);
  const none = await runFailingStart(environment);
  expect(none.output.match(/- 127\.0\.0\.1:\d+: nothing listens there/g)).toHaveLength(2);
  expect(none.output).not.toMatch(/^\s+at /m);
});
