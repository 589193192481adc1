/** Very many simultaneous connections: each gets a response, other callers do not wait, and nothing leaks. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startConnectionPool } from './support/connection-pool.ts';
import { formatMegabytes, readServerMetrics } from './support/server-metrics.ts';

const ADMIN_KEY = 'fb_many-test_0123456789abcdef0123456789abcdef';
const isFullRun = Boolean(process.env['FLEETBEAT_TEST_FULL']);
const CONNECTIONS = isFullRun ? 10_000 : 2_000;
const WAVES = 3;
const HEAP_MEGABYTES = isFullRun ? 400 : 160;
const SESSIONS = 100;
/** In addition to the server's own files and connections. */
const FEW = 10;

let database: TestDatabase;
let server: ServerProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerProcess({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    // Enough for one wave, so that a leak ends the process in a later wave.
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES}`,
  });
});
afterAll(async () => {
  await server.kill();
  await database.remove();
});

const readMetrics = () => readServerMetrics(server.url, ADMIN_KEY);

test(`${CONNECTIONS} simultaneous connections each get a response, repeatedly, and a new caller is served meanwhile`, async () => {
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  const client = server.client(key);
  const ids = Array.from({ length: SESSIONS }, (_, each) => `session-${each}`);
  for (const sessionId of ids) await client.sessions.create({ sessionId, name: sessionId });
  const common = `Host: localhost\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n`;
  const body = JSON.stringify({ status: 'Idle', lastHeartbeat: true });
  const sendHeartbeat = (id: string) =>
    `PATCH /v1/sessions/${id} HTTP/1.1\r\n${common}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const requests = ids.flatMap((id) => [sendHeartbeat(id), `GET /v1/sessions/${id} HTTP/1.1\r\n${common}\r\n`]);

  const before = await readMetrics();
  let maxMetrics = before;
  for (let wave = 1; wave <= WAVES; wave += 1) {
    const pool = startConnectionPool();
    try {
      await pool.open(server.url, CONNECTIONS);
      maxMetrics = await readMetrics();
      expect(maxMetrics.openFiles).toBeGreaterThanOrEqual(CONNECTIONS);
      const asked = pool.requestAll(requests);
      const newcomer = await client.sessions.create({ name: `A newcomer in wave ${wave}` });
      expect(newcomer.state).toBe('working');
      expect(await asked).toEqual({ 200: CONNECTIONS });
    } finally {
      pool.close();
    }
  }
  await eventually(async () => (await readMetrics()).openFiles <= before.openFiles + FEW);
  const after = await readMetrics();
  console.log(
    `${WAVES} waves of ${CONNECTIONS}; resident ${formatMegabytes(before.residentBytes)} before, ${formatMegabytes(maxMetrics.residentBytes)} ` +
      `with all connected, ${formatMegabytes(after.residentBytes)} after; heap ${formatMegabytes(before.heapBytes)} before, ${formatMegabytes(after.heapBytes)} after.`,
  );
});
