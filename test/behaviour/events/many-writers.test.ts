import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { FleetEvent } from '../../../clients/typescript/src/index.ts';
import { openRawEventStream, readFirst, readNext } from '../../support/event-stream.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { randomName } from '../../support/test-server.ts';

const ADMIN_KEY = 'fb_many-writers_0123456789abcdef0123456789abcdef';
const WRITERS = 20;
/** Every commit of SQLite waits for the disk, and all of them for one another. */
const FEW = inject('databaseServer') === 'sqlite' ? 400 : 2_000;
const EVENTS = process.env['FLEETBEAT_TEST_FULL'] ? 20_000 : FEW;

let database: TestDatabase;
let servers: ServerProcess[];
beforeAll(async () => {
  database = await createTestDatabase();
  const environment = { DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY, FLEETBEAT_RATE_LIMITS: 'off' };
  // SQLite is for one process.
  const processes = database.kind === 'mysql' ? 2 : 1;
  servers = await Promise.all(Array.from({ length: processes }, () => startServerProcess(environment)));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await database.remove();
});

test(`followers of ${EVENTS} events of ${WRITERS} concurrent writers miss none and see them in order`, async () => {
  const { key } = (await servers[0]?.client(ADMIN_KEY).accounts.create({ name: randomName(), tier: 'unlimited' })) ?? {
    key: '',
  };
  const clients = servers.map((server) => server.client(key));
  const following = clients.map((client) => client.events({ after: 0 }));
  const seen = Promise.all(following.map((events) => readNext(events, EVENTS)));
  const write = async (writer: number) => {
    const client = clients[writer % clients.length];
    const { sessionId } = (await client?.sessions.create({ name: 'Writer', status: '1' })) ?? { sessionId: '' };
    for (let count = 2; count <= EVENTS / WRITERS; count += 1)
      await client?.sessions.update(sessionId, { status: String(count) });
  };
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1_000).toFixed(1);
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  const writtenAfter = seconds();
  await seen;
  console.log(`${EVENTS} events: written after ${writtenAfter} s, seen by all followers after ${seconds()} s.`);
  for (const events of await seen) {
    expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: EVENTS }, (_, index) => index + 1));
    for (const statuses of bySession(events).values())
      expect(statuses).toEqual(Array.from({ length: EVENTS / WRITERS }, (_, index) => String(index + 1)));
  }
  for (const events of following) await events.return();
  // Who comes later reads the same.
  for (const client of clients)
    expect(await readFirst(client.events({ after: EVENTS / 2 }), EVENTS / 2)).toEqual(
      (await seen)[0]?.slice(EVENTS / 2),
    );
}, 900_000);

test('a write through one process reaches followers at the other', async () => {
  const [writer, follower] = [servers[0], servers.at(-1)].map((server) => server?.client(ADMIN_KEY));
  if (!writer || !follower) throw new Error('No server');
  const stream = await openRawEventStream(servers.at(-1)?.url ?? '', ADMIN_KEY);
  const after = Number((await stream.next())?.id);
  stream.close();
  const events = follower.events({ after });
  const next = readNext(events, 1);
  const { sessionId } = await writer.sessions.create({ name: 'From afar' });
  expect(await next).toMatchObject([{ type: 'session.created', sessionId }]);
  await events.return();
});

function bySession(events: readonly FleetEvent[]): Map<string, string[]> {
  const sessions = new Map<string, string[]>();
  for (const event of events) {
    if (!('status' in event.data) || event.sessionId === null) continue;
    sessions.set(event.sessionId, [...(sessions.get(event.sessionId) ?? []), String(event.data.status)]);
  }
  return sessions;
}
