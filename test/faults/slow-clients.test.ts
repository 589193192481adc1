/** Clients that are deliberately slow, or gone without closing: they lose their connection, and others are not affected. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRawEventStream, readFirst } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { connect } from '../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { openSockets, type RawSocket, startDripping } from './support/raw-sockets.ts';
import { formatMegabytes, readServerMetrics } from './support/server-metrics.ts';
import { startVanishingFollower } from './support/vanishing-follower.ts';

const ADMIN_KEY = 'fb_slow-test_0123456789abcdef0123456789abcdef';
const isFullRun = Boolean(process.env['FLEETBEAT_TEST_FULL']);
const SOCKETS_PER_KIND = isFullRun ? 2_000 : 300;
const STALLED = 10;
const STREAMS_PER_KEY = 50;
/** More than the socket buffers of the kernel plus the server's limit of one megabyte. */
const EVENTS = 12_000;

let database: TestDatabase;
let server: ServerProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerProcess({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
  });
});
afterAll(async () => {
  await server.kill();
  await database.remove();
});

const readMetrics = () => readServerMetrics(server.url, ADMIN_KEY);
const HEAD = `POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ADMIN_KEY}\r\n`;
const TYPE = 'Content-Type: application/json\r\n';

test('connections that send nothing, or headers or a body too slowly, are closed while others are served', async () => {
  const programId = 'builder';
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId });
  const before = await readMetrics();
  const idle = await openSockets(server.url, SOCKETS_PER_KIND);
  const headers = await openSockets(server.url, SOCKETS_PER_KIND);
  const bodies = await openSockets(server.url, isFullRun ? SOCKETS_PER_KIND : 20);
  for (const { socket } of headers) socket.write(HEAD);
  for (const { socket } of bodies) socket.write(`${HEAD}${TYPE}Content-Length: 100000\r\n\r\n{"name":"`);
  const stops = [startDripping(headers, 'X-More: 1\r\n'), startDripping(bodies, 'x')];

  const client = server.client(key);
  const { sessionId } = await client.sessions.create({ name: 'Quick' });
  const closed = allClosed([...idle, ...headers, ...(isFullRun ? bodies : [])]);
  let beats = 0;
  for (let done = false; !done; beats += 1) {
    await client.sessions.update(sessionId, { status: `Beat ${beats}`, lastHeartbeat: true });
    done = await Promise.race([closed.then(() => true), new Promise<false>((next) => setTimeout(next, 100, false))]);
  }
  for (const stop of stops) stop();
  if (!isFullRun) for (const { socket } of bodies) socket.destroy();
  for (const slow of [...headers, ...(isFullRun ? bodies : [])])
    expect(slow.received()).toMatch(/^HTTP\/1\.1 408 .*\r\n.*problem\+json.*request-too-slow/s);

  await eventually(async () => {
    const { openFiles } = await readMetrics();
    return openFiles <= before.openFiles + 5;
  });
  const after = await readMetrics();
  expect((await client.sessions.get(sessionId)).status).toBe(`Beat ${beats - 1}`);
  expect((await client.sessions.list({ programId })).sessions).toHaveLength(1);
  console.log(
    `${idle.length + headers.length + bodies.length} slow connections, ${beats} heartbeats meanwhile; resident ` +
      `${formatMegabytes(before.residentBytes)} before, ${formatMegabytes(after.residentBytes)} after.`,
  );
});

const allClosed = (sockets: readonly RawSocket[]) => Promise.all(sockets.map(({ closed }) => closed));

test('a follower that vanishes, or stops reading, gives back its stream slot', async () => {
  const admin = server.client(ADMIN_KEY);
  const { accountId } = await admin.me();
  const { key } = await admin.keys.create({ role: 'auditor' });
  const before = await readMetrics();
  const vanishingFollowers = await Promise.all(
    Array.from({ length: 5 }, () => startVanishingFollower(server.url, key)),
  );
  const stalled = await openSockets(server.url, STALLED);
  for (const { socket, received } of stalled) {
    socket.write(`GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    while (!/^id: /m.test(received())) await once(socket, 'data');
    socket.pause();
  }
  expect((await readMetrics()).streams).toBe(vanishingFollowers.length + stalled.length);

  for (const each of vanishingFollowers) await each.disconnectSilently();
  const fast = readFirst(admin.events({ after: 0 }), EVENTS);
  await addEvents(accountId, EVENTS);
  const numbers = (await fast).map(({ sequence }) => sequence);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  await eventually(async () => (await readMetrics()).streams === 0);
  expect((await readMetrics()).cutStreams).toBeGreaterThanOrEqual(stalled.length);
  for (const { socket } of stalled) socket.destroy();

  // All stream slots of the key are free again.
  const again = await Promise.all(Array.from({ length: STREAMS_PER_KEY }, () => openRawEventStream(server.url, key)));
  expect(again.map(({ response }) => response.status)).toEqual(again.map(() => 200));
  for (const stream of again) stream.close();
  await eventually(async () => {
    const { openFiles, streams, heapBytes } = await readMetrics();
    return openFiles <= before.openFiles + 5 && streams === 0 && heapBytes < before.heapBytes + 50 * 2 ** 20;
  });
  const after = await readMetrics();
  console.log(`Heap ${formatMegabytes(before.heapBytes)} before, ${formatMegabytes(after.heapBytes)} after the cuts.`);
});

/** Inserts events directly, like another server would, until the account has `last` of them. */
async function addEvents(accountId: string, last: number): Promise<void> {
  const sql = await connect(database);
  const [counter] = await sql.query<{ seq: number }>('SELECT seq FROM event_counters WHERE accountId = ?', [accountId]);
  const data = JSON.stringify({ name: 'x'.repeat(1_500) });
  for (let from = Number(counter?.seq ?? 0) + 1; from <= last; from += 1_000) {
    const to = Math.min(last, from + 999);
    const row = (seq: number) => `('${accountId}', ${seq}, ${Date.now()}, 'session.updated', NULL, 's', '${data}')`;
    const rows = Array.from({ length: to - from + 1 }, (_, index) => row(from + index));
    await sql.query(
      `INSERT INTO events (accountId, seq, at, kind, programId, sessionId, data) VALUES ${rows.join(',')}`,
    );
    await sql.query('UPDATE event_counters SET seq = ? WHERE accountId = ?', [to, accountId]);
  }
  await sql.close();
}
