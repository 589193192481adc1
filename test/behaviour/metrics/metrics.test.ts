import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { MCP_CLIENTS } from '../../support/mcp-clients.ts';
import { requestStatuses, sendRequest, startRateLimitedServer } from '../../support/rate-limited-server.ts';
import type { TestServer } from '../../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startRateLimitedServer();
});
afterAll(() => server.close());

async function scrape(of = server, key = of.adminKey): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${of.url}/metrics`, { headers: { Authorization: `Bearer ${key}` } });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

/** The value of one sample; 0 when there is none yet. */
async function value(name: string, labels = '', of = server): Promise<number> {
  const { text } = await scrape(of);
  const line = text.split('\n').find((each) => each.startsWith(`fleetbeat_${name}${labels} `));
  return line ? Number(line.split(' ').at(-1)) : 0;
}

test('the metrics are the text that Prometheus reads, each with its help and type', async () => {
  const { status, type, text } = await scrape();
  expect({ status, type }).toEqual({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' });
  for (const line of text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    expect(line).toMatch(/^[a-z_][a-z0-9_]*(\{[^}]*\})? (-?[\d.e+-]+|NaN|\+Inf)$/i);
  }
  for (const name of ['process_cpu_seconds_total', 'nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes']) {
    expect(text).toContain(`# TYPE ${name} `);
  }
});

test('requests are counted and timed by operation and status, through REST and MCP', async () => {
  const { key, client } = await server.createProgram();
  const ok = '{operation="getSession",status="200"}';
  const missing = '{operation="getSession",status="404"}';
  const before = { ok: await value('http_requests_total', ok), missing: await value('http_requests_total', missing) };
  const { sessionId } = await client.sessions.create({ name: 'Counted' });
  await client.sessions.get(sessionId);
  await expect(client.sessions.get('not-there')).rejects.toMatchObject({ status: 404 });
  const [first] = MCP_CLIENTS;
  const mcp = await first?.connect(server.url, key);
  await mcp?.callTool('get_session', { sessionId });
  await mcp?.close();
  expect(await value('http_requests_total', ok)).toBe(before.ok + 2);
  expect(await value('http_requests_total', missing)).toBe(before.missing + 1);
  expect(await value('http_request_duration_seconds_count', '{operation="getSession"}')).toBe(
    before.ok + before.missing + 3,
  );
});

test.each(MCP_CLIENTS)('a tool call of $kind counts once more as mcp', async ({ connect }) => {
  const { key } = await server.createProgram();
  const mcp = await connect(server.url, key);
  const count = (operation: string) => value('http_requests_total', `{operation="${operation}",status="200"}`);
  const before = { mcp: await count('mcp'), none: await count('none') };
  await mcp.callTool('list_sessions');
  await eventually(async () => (await count('mcp')) > before.mcp);
  await mcp.close();
  expect(await count('none')).toBe(before.none);
});

test('no label is a path, an id or a key, whatever is asked for', async () => {
  const { key, programId } = await server.createProgram();
  for (const path of ['/secret-path', '/v1/secret-path', '/v1/sessions/secret-path', '/v1/me?key=secret-path']) {
    await sendRequest(server.url, { key, path });
  }
  const { text } = await scrape();
  for (const secret of ['secret-path', programId, key.split('_')[1] ?? '', key]) expect(text).not.toContain(secret);
});

test('live and stale sessions of all accounts are counted at each scrape', async () => {
  const own = await startRateLimitedServer();
  try {
    const counts = async () => [
      await value('sessions', '{liveness="active"}', own),
      await value('sessions', '{liveness="stale"}', own),
    ];
    expect(await counts()).toEqual([0, 0]);
    await own.admin.sessions.create({ name: 'Silent' });
    own.clock.advance(16 * 60_000);
    const { client } = await own.createAccount('pro');
    await client.sessions.create({ name: 'Alive' });
    await client.sessions.create({ name: 'Done', state: 'complete' });
    expect(await counts()).toEqual([1, 1]);
  } finally {
    await own.close();
  }
});

test('refused keys and spent budgets are counted', async () => {
  const before = await value('failed_authentications_total');
  expect((await sendRequest(server.url, { key: 'fb_nobody_0123456789abcdef' })).status).toBe(401);
  expect(await value('failed_authentications_total')).toBe(before + 1);
  const { key } = await server.createAccount('free');
  expect((await requestStatuses(server.url, 123, { key })).slice(-3)).toEqual([429, 429, 429]);
  expect(await value('rate_limited_total', '{policy="key-reads"}')).toBe(3);
  expect(await value('http_requests_total', '{operation="whoAmI",status="429"}')).toBe(3);
});

test('the use of the database connections is shown where there is a pool', async () => {
  const { text } = await scrape();
  const uses = ['busy', 'idle', 'waiting'].map((use) => `fleetbeat_database_connections{use="${use}"}`);
  for (const use of uses) expect(text.includes(use), use).toBe(server.database.kind === 'mysql');
  if (server.database.kind !== 'mysql') return;
  const busy = await value('database_connections', '{use="busy"}');
  const idle = await value('database_connections', '{use="idle"}');
  expect(busy + idle).toBeGreaterThan(0);
});

test("only admins of the server's own account may read metrics, which cover all accounts", async () => {
  const { key: tenant } = await server.createAccount('team');
  const { key: program } = await server.createProgram();
  const { key: admin } = await server.admin.keys.create({ role: 'admin', label: 'Prometheus' });
  expect((await scrape(server, tenant)).status).toBe(403);
  expect((await scrape(server, program)).status).toBe(403);
  expect((await scrape(server, '')).status).toBe(401);
  expect((await scrape(server, admin)).status).toBe(200);
});

test('two servers in one process count apart', async () => {
  const other = await startRateLimitedServer({ database: server.database });
  try {
    await server.admin.me();
    expect(await value('http_requests_total', '{operation="whoAmI",status="200"}', other)).toBe(0);
  } finally {
    await other.close();
  }
});
