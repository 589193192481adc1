import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_sweep-crash_0123456789abcdef0123456789abcdef';
const SILENT = 10_000;
const PINNED = 20;
const AWAKE = 40;
const DAY = 24 * 3_600_000;

let database: TestDatabase;
let sql: Sql;
let server: ServerProcess;

const start = () =>
  startServerProcess({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    FLEETBEAT_STALE_AFTER: '500ms',
    // Counted from each start: before it, nobody could be heard.
    FLEETBEAT_ARCHIVE_SILENT_AFTER: '3s',
    FLEETBEAT_SWEEP_EVERY: '100ms',
  });

beforeAll(async () => {
  database = await createTestDatabase();
  server = await start();
  sql = await connect(database);
});
afterAll(async () => {
  await sql.close();
  await server.kill();
  await database.remove();
});

const count = async (condition: string): Promise<number> => {
  const [row] = await sql.query<{ n: number | string }>(`SELECT COUNT(*) AS n FROM sessions WHERE ${condition}`);
  return Number(row?.n);
};

/** Sessions that were last heard of a day ago (pinned ones a month ago), straight into the table. */
async function seed(): Promise<void> {
  const now = Date.now();
  const row = (name: string, index: number, state: string, at: number) =>
    `('main', '${name}-${index}', '${name}', '${state}', 0, ${at}, ${at}, ${at}, ${at}, 0, 1)`;
  const rows = [
    ...Array.from({ length: SILENT }, (_, index) =>
      row('silent', index, index % 3 ? 'working' : 'blocked', now - DAY + index),
    ),
    ...Array.from({ length: AWAKE }, (_, index) => row('awake', index, 'working', now - DAY + SILENT + index)),
    ...Array.from({ length: PINNED }, (_, index) => row('pinned', index, 'pinned', now - 30 * DAY)),
  ];
  const columns =
    'accountId, sessionId, name, state, handoffRequired, createdAt, updatedAt, lastHeartbeat, lastProgressAt, archived, changes';
  for (let from = 0; from < rows.length; from += 500) {
    await sql.query(`INSERT INTO sessions (${columns}) VALUES ${rows.slice(from, from + 500).join(', ')}`);
  }
}

/** Lets some sessions speak up again and again until told to stop; a server that is away does not stop them. */
function startHeartbeats(): { stop(): Promise<void> } {
  let speaking = true;
  const loop = async (index: number) => {
    while (speaking) {
      const update = { status: `Here ${Date.now()}`, lastHeartbeat: true };
      await server
        .client(ADMIN_KEY)
        .sessions.update(`awake-${index}`, update)
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const loops = Array.from({ length: AWAKE }, (_, index) => loop(index));
  return {
    stop: async () => {
      speaking = false;
      await Promise.all(loops);
    },
  };
}

test(`a sweep over ${SILENT} sessions that is killed half-way is finished after a restart, with one event each`, async () => {
  await server.kill();
  await seed();
  server = await start();
  const speakers = startHeartbeats();
  await eventually(async () => (await count("archived = 1 AND name = 'silent'")) > SILENT / 4);
  await server.kill();
  const atCrash = await count("archived = 1 AND name = 'silent'");
  expect(atCrash).toBeLessThan(SILENT);
  server = await start();
  await eventually(async () => (await count("archived = 1 AND name = 'silent'")) === SILENT);
  await speakers.stop();

  const events = await sql.query<{ times: number | string; sessions: number | string }>(
    `SELECT times, COUNT(*) AS sessions FROM (SELECT COUNT(*) AS times FROM events
     WHERE kind = 'session.archived' AND sessionId LIKE 'silent-%' GROUP BY sessionId) AS counted GROUP BY times`,
  );
  expect(events.map((row) => [Number(row.times), Number(row.sessions)])).toEqual([[1, SILENT]]);
  const [numbers] = await sql.query<Record<string, number | string>>(
    "SELECT COUNT(*) AS n, MAX(seq) AS last FROM events WHERE accountId = 'main'",
  );
  expect(Number(numbers?.['n'])).toBe(Number(numbers?.['last']));
  expect(await count("archived = 0 AND name = 'pinned'")).toBe(PINNED);
  expect(await count("archived = 0 AND name = 'awake'")).toBe(AWAKE);
}, 240_000);
