import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFleetbeat, FleetbeatUnreachable } from '../../clients/typescript/src/index.ts';
import { newDatabase, type TestDatabase } from '../support/databases.ts';
import { type Followed, follow } from '../support/followed.ts';
import { halfApplied } from '../support/half-applied.ts';
import { lostState, lostWrites } from '../support/kept-writes.ts';
import { freePort } from '../support/mysql-family.ts';
import { type Environment, killedStart, type ServerProcess, startServer } from '../support/server-process.ts';
import { connect } from '../support/sql.ts';
import { newWriters, type Writer } from '../support/writers.ts';

const ADMIN_KEY = 'fb_kill-test_0123456789abcdef0123456789abcdef';
const IS_WHOLE = process.env['FLEETBEAT_TEST_FULL'] === '1';
const KILLS = IS_WHOLE ? 200 : 15;
const KILLS_OF_A_FIRST_START = IS_WHOLE ? 40 : 5;
/** One kill in so many lands while the server starts. */
const STARTS = 4;
const MOST_MS_AFTER = 10;
/** The whole form starts the server 250 times. */
const HOURS_MS = 3 * 3_600_000;

let database: TestDatabase;
let environment: Environment;
let server: ServerProcess;
/** How long a first start takes here. */
let startMs: number;
let writers: Writer[];
let followed: Followed;

beforeAll(async () => {
  database = await newDatabase();
  environment = {
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    // The clients find it again where it was.
    PORT: String(await freePort()),
  };
});
afterAll(async () => {
  await followed?.stop();
  await server?.kill();
  await database.remove();
});

test(`a first start that is killed ${KILLS_OF_A_FIRST_START} times on its way is finished by the next`, async () => {
  const elsewhere = await newDatabase();
  const begin = performance.now();
  server = await startServer({ ...environment, DATABASE_URL: elsewhere.url });
  startMs = Math.ceil(performance.now() - begin);
  await server.kill();
  await elsewhere.remove();
  for (let kill = 1; kill <= KILLS_OF_A_FIRST_START; kill += 1)
    await killedStart(environment, randomInt(Math.ceil(startMs / 3), startMs));
  server = await startServer(environment);
  const admin = server.client(ADMIN_KEY);
  expect((await admin.accounts.list()).accounts).toHaveLength(1);
  expect((await admin.keys.list()).keys).toHaveLength(1);
});

test(
  `what 8 writers were told is stored survives ${KILLS} kill -9, and nothing is half-applied`,
  async () => {
    const client = (key: string) => createFleetbeat({ baseUrl: server.url, key, retries: 0 });
    writers = await newWriters(client(ADMIN_KEY), client);
    followed = follow(client(ADMIN_KEY));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      if (kill % STARTS === 0) {
        await server.kill();
        await killedStart(environment, randomInt(startMs));
      } else await writeUntilKilled(randomInt(1, 150));
      server = await startServer(environment);
      const sql = await connect(database);
      expect(await lostWrites(sql, writers), `kill ${kill}`).toEqual([]);
      expect(await lostState(writers), `kill ${kill}`).toEqual([]);
      expect(await halfApplied(sql, database.kind), `kill ${kill}`).toEqual([]);
      await sql.close();
    }
    const sql = await connect(database);
    await followed.upTo(sql);
    await sql.close();
  },
  HOURS_MS,
);

/** Kills the server at a moment after so many acknowledgements, with a write of every writer on its way. */
async function writeUntilKilled(acknowledgements: number): Promise<void> {
  let left = acknowledgements;
  const onAcknowledged = () => {
    left -= 1;
    if (left === 0) setTimeout(() => server.signal('SIGKILL'), randomInt(MOST_MS_AFTER));
    return true;
  };
  // The kill breaks the connection. A refusal would be an answer, and no answer may be one of these.
  const onTrouble = async (error: unknown) => {
    if (error instanceof FleetbeatUnreachable) return false;
    throw error;
  };
  await Promise.all(writers.map((writer) => writer.write({ onAcknowledged, onTrouble })));
  await server.ended;
}
