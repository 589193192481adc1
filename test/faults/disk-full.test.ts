/** What happens to writes, reads and the file of the embedded database when its disk has no room left. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, expect, test } from 'vitest';
import type { Fleetbeat, FleetbeatError } from '../../clients/typescript/src/index.ts';
import { take } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { mountSmallDisk } from './support/small-disk.ts';

const ADMIN_KEY = 'fb_disk-test_0123456789abcdef0123456789abcdef';
const WRITERS = 8;
const ROUNDS = process.env['FLEETBEAT_TEST_FULL'] ? 20 : 3;
const PROGRAM = 'builder';
const FILLER = 'x'.repeat(1_500);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(folder: string): Promise<ServerProcess> {
  const server = await startServer({
    DATABASE_URL: `sqlite:${join(folder, 'fleetbeat.db')}`,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
  });
  cleanups.push(() => server.kill());
  return server;
}

/** What the writers were told, over all rounds. */
interface Told {
  readonly stored: Set<string>;
  readonly refused: Set<string>;
  /** The newest value of each writer that is stored. */
  readonly values: Map<string, number>;
  /** How many writes of state are stored. */
  states: number;
  /** Why writes were refused. */
  readonly reasons: Set<string>;
}

test('a full disk refuses writes with 503, goes on reading, and writes again as soon as there is room', async () => {
  const disk = mountSmallDisk(16);
  cleanups.push(() => disk.remove());
  await expectToOutlive(disk.folder, () => ({ starve: disk.fill, feed: disk.free, reason: /has no room left/ }));
});

test('the same where the files of the database may not grow any further', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-limit-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  await expectToOutlive(folder, ({ pid }) => {
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
    return { starve: () => limit('65536'), feed: () => limit('unlimited'), reason: /cannot be reached/ };
  });
});

type Hunger = (server: ServerProcess) => { starve(): void; feed(): void; reason: RegExp };

async function expectToOutlive(folder: string, hungerOf: Hunger): Promise<void> {
  const server = await start(folder);
  const { starve, feed, reason } = hungerOf(server);
  const told: Told = { stored: new Set(), refused: new Set(), values: new Map(), states: 0, reasons: new Set() };
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: PROGRAM });
  const client = server.client(key);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const ending = new AbortController();
    const writers = Array.from({ length: WRITERS }, (_, each) => write(client, `w${each}`, told, ending.signal));
    const grown = async (what: 'stored' | 'refused') => {
      const before = told[what].size;
      await Promise.race([Promise.all(writers), eventually(async () => told[what].size >= before + 2 * WRITERS)]);
    };
    await grown('stored');
    starve();
    await grown('refused');
    await expectReads(client, told.stored.size, told.states);
    feed();
    await grown('stored');
    ending.abort();
    await Promise.all(writers);
  }
  console.log(`Stored ${told.stored.size} sessions and ${told.states} states, refused ${told.refused.size} sessions.`);
  expect([...told.reasons]).toContainEqual(expect.stringMatching(reason));
  await expectWhole(client, told);
  // As after a power cut: what is in the files must be enough.
  await server.kill();
  expectSound(folder, told);
  const next = (await start(folder)).client(key);
  await expectWhole(next, told);
  await next.sessions.create({ name: 'After all' });
}

/** Makes a session and changes the state, again and again, and notes what it is told. */
async function write(client: Fleetbeat, name: string, told: Told, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    const value = told.stored.size + told.refused.size + 1;
    const sessionId = `${name}-${randomUUID()}`;
    const isMade = await isStored(client.sessions.create({ sessionId, name: FILLER.slice(0, 200) }), told);
    (isMade ? told.stored : told.refused).add(sessionId);
    const sides = ['left', 'right'].map((side) => ({ id: `${name}-${side}`, domain: 'disk', confidence: 0.5 }));
    const learnedPatterns = sides.map((side) => ({ ...side, pattern: `${value} ${FILLER}` }));
    const config = { customSettings: { [name]: value } };
    if (!(await isStored(client.state.update(PROGRAM, { config, learnedPatterns }), told))) continue;
    told.values.set(name, value);
    told.states += 1;
  }
}

/** False when it was refused as the contract says. */
const isStored = (call: Promise<unknown>, { reasons }: Told): Promise<boolean> =>
  call.then(
    () => true,
    (error: FleetbeatError) => {
      expect(error).toMatchObject({ status: 503, kind: 'unavailable', retryAfter: expect.any(Number) });
      reasons.add(error.problem.detail);
      return false;
    },
  );

/** Reads work, and show at least what was stored so far. */
async function expectReads(client: Fleetbeat, sessions: number, states: number): Promise<void> {
  expect(await client.server.live()).toMatchObject({ status: 'ok' });
  expect(await client.me()).toMatchObject({ programId: PROGRAM });
  const page = await client.sessions.list({ limit: 50 });
  expect(page.sessions.length).toBeGreaterThanOrEqual(Math.min(50, sessions));
  expect((await client.state.read(PROGRAM)).version).toBeGreaterThanOrEqual(states);
  expect(await take(client.events({ after: 0 }), WRITERS)).toHaveLength(WRITERS);
}

/** Everything that was acknowledged is there, whole, and nothing that was refused. */
async function expectWhole(client: Fleetbeat, told: Told): Promise<void> {
  const ids: string[] = [];
  for await (const { sessionId } of client.sessions.all({ limit: 50 })) ids.push(sessionId);
  expect(new Set(ids)).toEqual(told.stored);
  const { version, config, learnedPatterns } = await client.state.read(PROGRAM);
  expect(version).toBe(told.states);
  expect(config.customSettings).toEqual(Object.fromEntries(told.values));
  for (const { id, pattern } of learnedPatterns)
    expect(pattern.split(' ', 1)).toEqual([String(told.values.get(id.split('-', 1)[0] ?? ''))]);
  expect(learnedPatterns).toHaveLength(2 * told.values.size);
}

/** The files are in order, and the events have no gap. */
function expectSound(folder: string, told: Told): void {
  const database = new Database(join(folder, 'fleetbeat.db'));
  const all = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[];
  expect(all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  const made = all("SELECT seq FROM events WHERE kind = 'session.created'");
  expect(made).toHaveLength(told.stored.size);
  const numbers = all('SELECT seq FROM events ORDER BY seq').map(({ seq }) => seq);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(all('SELECT seq FROM event_counters')).toEqual([{ seq: numbers.length }]);
  database.close();
}
