/** Very many connections at once: each is answered, nobody else waits for them, and nothing of them stays behind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDatabase, type TestDatabase } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { startCrowd } from './support/crowd.ts';
import { figuresOf, megabytes } from './support/server-figures.ts';

const ADMIN_KEY = 'fb_many-test_0123456789abcdef0123456789abcdef';
const whole = Boolean(process.env['FLEETBEAT_TEST_FULL']);
const CONNECTIONS = whole ? 10_000 : 2_000;
const WAVES = 3;
const HEAP_MEGABYTES = whole ? 400 : 160;
const SESSIONS = 100;
/** Beside those that the server opens for itself. */
const FEW = 10;

let database: TestDatabase;
let server: ServerProcess;
beforeAll(async () => {
  database = await newDatabase();
  server = await startServer({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    // Room for one wave, so that what a wave would leave behind ends the process in a later one.
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES}`,
  });
});
afterAll(async () => {
  await server.kill();
  await database.remove();
});

const figures = () => figuresOf(server.url, ADMIN_KEY);

test(`${CONNECTIONS} connections at once are each answered, again and again, and a new caller is served meanwhile`, async () => {
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  const client = server.client(key);
  const ids = Array.from({ length: SESSIONS }, (_, each) => `session-${each}`);
  for (const sessionId of ids) await client.sessions.create({ sessionId, name: sessionId });
  const common = `Host: localhost\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n`;
  const body = JSON.stringify({ status: 'Idle', lastHeartbeat: true });
  const beat = (id: string) =>
    `PATCH /v1/sessions/${id} HTTP/1.1\r\n${common}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const requests = ids.flatMap((id) => [beat(id), `GET /v1/sessions/${id} HTTP/1.1\r\n${common}\r\n`]);

  const before = await figures();
  let most = before;
  for (let wave = 1; wave <= WAVES; wave += 1) {
    const crowd = startCrowd();
    try {
      await crowd.open(server.url, CONNECTIONS);
      most = await figures();
      expect(most.openFiles).toBeGreaterThanOrEqual(CONNECTIONS);
      const asked = crowd.ask(requests);
      const newcomer = await client.sessions.create({ name: `A newcomer in wave ${wave}` });
      expect(newcomer.state).toBe('working');
      expect(await asked).toEqual({ 200: CONNECTIONS });
    } finally {
      crowd.close();
    }
  }
  await eventually(async () => (await figures()).openFiles <= before.openFiles + FEW);
  const after = await figures();
  console.log(
    `${WAVES} waves of ${CONNECTIONS}; resident ${megabytes(before.residentBytes)} before, ${megabytes(most.residentBytes)} ` +
      `with all connected, ${megabytes(after.residentBytes)} after; heap ${megabytes(before.heapBytes)} before, ${megabytes(after.heapBytes)} after.`,
  );
});
