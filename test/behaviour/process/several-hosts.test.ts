import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { newDatabase, type TestDatabase } from '../../support/databases.ts';
import { failingStart, type ServerProcess, startServer } from '../../support/server-process.ts';

const ADMIN_KEY = 'fb_several-hosts_0123456789abcdef0123456789abcdef';

let database: TestDatabase;
let ways: CuttableProxy[];
let server: ServerProcess | undefined;
beforeAll(async () => {
  database = await newDatabase();
  ways = await Promise.all([startProxy(database.url), startProxy(database.url)]);
});
afterEach(async () => {
  await server?.kill();
  for (const way of ways) await way.mend();
});
afterAll(async () => {
  await Promise.all(ways.map((way) => way.close()));
  await database.remove();
});

/** One URL that names the database by all ways. */
function urlOfAll(): string {
  const [first, ...others] = ways.map(({ url }) => new URL(url));
  return first?.href.replace(first.host, [first, ...others].map((url) => url?.host).join(',')) ?? '';
}

const cut = (index: number) => ways[index]?.cut();
const mend = (index: number) => ways[index]?.mend();

/** What a write of a session, and the question whether the server is ready, are answered with. */
async function answers(): Promise<{ statuses: number[]; waits: (string | null)[] }> {
  const headers = { Authorization: `Bearer ${ADMIN_KEY}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'Try', sessionId: 'try', programId: 'builder' });
  const write = await fetch(`${server?.url}/v1/sessions`, { method: 'POST', headers, body });
  const ready = await fetch(`${server?.url}/readyz`);
  const both = [write, ready];
  return { statuses: both.map(({ status }) => status), waits: both.map((each) => each.headers.get('retry-after')) };
}

test('a server starts while the first host is away, and goes where the database is when that changes', async () => {
  await cut(0);
  server = await startServer({ DATABASE_URL: urlOfAll(), FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
  expect((await answers()).statuses).toEqual([201, 200]);

  await cut(1);
  const number = expect.stringMatching(/^\d+$/);
  expect(await answers()).toEqual({ statuses: [503, 503], waits: [number, number] });
  await mend(0);
  await expect.poll(async () => (await answers()).statuses, { timeout: 30_000 }).toEqual([200, 200]);
  expect(server.output()).toMatch(/no longer written to: it does not answer, and another one has its place/);
});

test('no start goes ahead while two hosts take writes, or none, and the reason stands beside each', async () => {
  const environment = { DATABASE_URL: urlOfAll(), FLEETBEAT_ADMIN_KEY: ADMIN_KEY };
  const both = await failingStart(environment);
  expect(both).toMatchObject({ code: 1 });
  expect(both.output).toMatch(
    /^Fleetbeat did not start\.\n\n {2}DATABASE_URL: exactly one of its servers must take writes\./,
  );
  expect(both.output.match(/- 127\.0\.0\.1:\d+: it takes writes, and it is not the only one/g)).toHaveLength(2);

  await cut(0);
  await cut(1);
  const none = await failingStart(environment);
  expect(none.output.match(/- 127\.0\.0\.1:\d+: nothing listens there/g)).toHaveLength(2);
  expect(none.output).not.toMatch(/^\s+at /m);
});
