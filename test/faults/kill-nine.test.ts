import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFleetbeat, FleetbeatUnreachable } from '../../clients/typescript/src/index.ts';
import { findViolatedInvariants } from '../support/database-invariants.ts';
import { type EventFollower, startEventFollower } from '../support/event-follower.ts';
import { freePort } from '../support/find-mysql.ts';
import { findLostState, findLostWrites } from '../support/lost-writes.ts';
import { createRandom } from '../support/seeded-random.ts';
import { type Environment, type ServerProcess, startAndKill, startServerProcess } from '../support/server-process.ts';
import { connect } from '../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { createWriters, type Writer } from '../support/writers.ts';

const ADMIN_KEY = 'fb_kill-test_0123456789abcdef0123456789abcdef';
const IS_FULL_RUN = process.env['FLEETBEAT_TEST_FULL'] === '1';
const KILLS = IS_FULL_RUN ? 200 : 15;
const FIRST_START_KILLS = IS_FULL_RUN ? 40 : 5;
/** Every fourth kill happens while the server starts. */
const STARTS = 4;
const MAX_KILL_DELAY_MS = 10;
/** A full run starts the server 250 times. */
const HOURS_MS = 3 * 3_600_000;

const random = createRandom('kill-nine');
let database: TestDatabase;
let environment: Environment;
let server: ServerProcess;
/** The duration of a first start on this machine. */
let startMs: number;
let writers: Writer[];
let follower: EventFollower;

beforeAll(async () => {
  database = await createTestDatabase();
  environment = {
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    // Fixed, so that clients reconnect after a restart.
    PORT: String(await freePort()),
  };
});
afterAll(async () => {
  await follower?.stop();
  await server?.kill();
  await database.remove();
});

test(`a first start that is killed ${FIRST_START_KILLS} times is completed by the next`, async () => {
  const elsewhere = await createTestDatabase();
  const begin = performance.now();
  server = await startServerProcess({ ...environment, DATABASE_URL: elsewhere.url });
  startMs = Math.ceil(performance.now() - begin);
  await server.kill();
  await elsewhere.remove();
  for (let kill = 1; kill <= FIRST_START_KILLS; kill += 1)
    await startAndKill(environment, random.int(Math.ceil(startMs / 3), startMs));
  server = await startServerProcess(environment);
  const admin = server.client(ADMIN_KEY);
  expect((await admin.accounts.list()).accounts).toHaveLength(1);
  expect((await admin.keys.list()).keys).toHaveLength(1);
});

test(
  `acknowledged writes of 8 writers survive ${KILLS} kill -9, and nothing is half applied`,
  async () => {
    const client = (key: string) => createFleetbeat({ baseUrl: server.url, key, retries: 0 });
    writers = await createWriters(client(ADMIN_KEY), client);
    follower = startEventFollower(client(ADMIN_KEY));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      if (kill % STARTS === 0) {
        await server.kill();
        await startAndKill(environment, random.int(0, startMs));
      } else await writeUntilKilled(random.int(1, 150));
      server = await startServerProcess(environment);
      const sql = await connect(database);
      expect(await findLostWrites(sql, writers), `kill ${kill}`).toEqual([]);
      expect(await findLostState(writers), `kill ${kill}`).toEqual([]);
      expect(await findViolatedInvariants(sql, database.kind), `kill ${kill}`).toEqual([]);
      await sql.close();
    }
    const sql = await connect(database);
    await follower.waitUntilCaughtUp(sql);
    await sql.close();
  },
  HOURS_MS,
);

/** Kills the server shortly after this many acknowledgements, with a write of every writer in flight. */
async function writeUntilKilled(acknowledgements: number): Promise<void> {
  let left = acknowledgements;
  const onAcknowledged = () => {
    left -= 1;
    if (left === 0) setTimeout(() => server.signal('SIGKILL'), random.int(0, MAX_KILL_DELAY_MS));
    return true;
  };
  // A kill breaks the connection. An error response would be a bug.
  const onError = async (error: unknown) => {
    if (error instanceof FleetbeatUnreachable) return false;
    throw error;
  };
  await Promise.all(writers.map((writer) => writer.run({ onAcknowledged, onError })));
  await server.ended;
}
