/** Writes, reads and the file of the embedded database while its disk is full. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, expect, test } from 'vitest';
import type { Fleetbeat, FleetbeatError } from '../../clients/typescript/src/index.ts';
import { readFirst } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
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
  const server = await startServerProcess({
    DATABASE_URL: `sqlite:${join(folder, 'fleetbeat.db')}`,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
  });
  cleanups.push(() => server.kill());
  return server;
}

/** The responses that the writers got, over all rounds. */
interface WriteLog {
  readonly stored: Set<string>;
  readonly refused: Set<string>;
  /** The latest acknowledged value of each writer. */
  readonly values: Map<string, number>;
  /** The number of acknowledged state writes. */
  states: number;
  /** The details of refusals. */
  readonly reasons: Set<string>;
}

test('with a full disk writes are 503 and reads work; writes work again as soon as there is space', async () => {
  const disk = mountSmallDisk(16);
  cleanups.push(() => disk.remove());
  await expectToSurvive(disk.folder, () => ({
    exhaust: disk.fillUp,
    relieve: disk.freeUp,
    reason: /has no room left/,
  }));
});

test('the same when the files of the database reach their size limit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-limit-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  await expectToSurvive(folder, ({ pid }) => {
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
    return { exhaust: () => limit('65536'), relieve: () => limit('unlimited'), reason: /cannot be reached/ };
  });
});

type DiskLimiter = (server: ServerProcess) => { exhaust(): void; relieve(): void; reason: RegExp };

async function expectToSurvive(folder: string, createLimiter: DiskLimiter): Promise<void> {
  const server = await start(folder);
  const { exhaust, relieve, reason } = createLimiter(server);
  const log: WriteLog = { stored: new Set(), refused: new Set(), values: new Map(), states: 0, reasons: new Set() };
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: PROGRAM });
  const client = server.client(key);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const ending = new AbortController();
    const writers = Array.from({ length: WRITERS }, (_, each) => write(client, `w${each}`, log, ending.signal));
    const waitForGrowth = async (what: 'stored' | 'refused') => {
      const before = log[what].size;
      await Promise.race([Promise.all(writers), eventually(async () => log[what].size >= before + 2 * WRITERS)]);
    };
    await waitForGrowth('stored');
    exhaust();
    await waitForGrowth('refused');
    await expectReads(client, log.stored.size, log.states);
    relieve();
    await waitForGrowth('stored');
    ending.abort();
    await Promise.all(writers);
  }
  console.log(`Stored ${log.stored.size} sessions and ${log.states} states, refused ${log.refused.size} sessions.`);
  expect([...log.reasons]).toContainEqual(expect.stringMatching(reason));
  await expectAllStored(client, log);
  // Like after a power failure: the files alone must be sufficient.
  await server.kill();
  expectConsistentFile(folder, log);
  const next = (await start(folder)).client(key);
  await expectAllStored(next, log);
  await next.sessions.create({ name: 'After all' });
}

/** Repeatedly creates a session and changes the state, and records the responses. */
async function write(client: Fleetbeat, name: string, log: WriteLog, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    const value = log.stored.size + log.refused.size + 1;
    const sessionId = `${name}-${randomUUID()}`;
    const isMade = await isStored(client.sessions.create({ sessionId, name: FILLER.slice(0, 200) }), log);
    (isMade ? log.stored : log.refused).add(sessionId);
    const sides = ['left', 'right'].map((side) => ({ id: `${name}-${side}`, domain: 'disk', confidence: 0.5 }));
    const learnedPatterns = sides.map((side) => ({ ...side, pattern: `${value} ${FILLER}` }));
    const config = { customSettings: { [name]: value } };
    if (!(await isStored(client.state.update(PROGRAM, { config, learnedPatterns }), log))) continue;
    log.values.set(name, value);
    log.states += 1;
  }
}

/** False when it was refused with the documented problem. */
const isStored = (call: Promise<unknown>, { reasons }: WriteLog): Promise<boolean> =>
  call.then(
    () => true,
    (error: FleetbeatError) => {
      expect(error).toMatchObject({ status: 503, kind: 'unavailable', retryAfter: expect.any(Number) });
      reasons.add(error.problem.detail);
      return false;
    },
  );

/** Asserts that reads work and have at least everything acknowledged so far. */
async function expectReads(client: Fleetbeat, sessions: number, states: number): Promise<void> {
  expect(await client.server.live()).toMatchObject({ status: 'ok' });
  expect(await client.me()).toMatchObject({ programId: PROGRAM });
  const page = await client.sessions.list({ limit: 50 });
  expect(page.sessions.length).toBeGreaterThanOrEqual(Math.min(50, sessions));
  expect((await client.state.read(PROGRAM)).version).toBeGreaterThanOrEqual(states);
  expect(await readFirst(client.events({ after: 0 }), WRITERS)).toHaveLength(WRITERS);
}

/** Asserts that every acknowledged write is complete, and that no refused write is stored. */
async function expectAllStored(client: Fleetbeat, log: WriteLog): Promise<void> {
  const ids: string[] = [];
  for await (const { sessionId } of client.sessions.all({ limit: 50 })) ids.push(sessionId);
  expect(new Set(ids)).toEqual(log.stored);
  const { version, config, learnedPatterns } = await client.state.read(PROGRAM);
  expect(version).toBe(log.states);
  expect(config.customSettings).toEqual(Object.fromEntries(log.values));
  for (const { id, pattern } of learnedPatterns)
    expect(pattern.split(' ', 1)).toEqual([String(log.values.get(id.split('-', 1)[0] ?? ''))]);
  expect(learnedPatterns).toHaveLength(2 * log.values.size);
}

/** Asserts that the files are consistent and events have no gap. */
function expectConsistentFile(folder: string, log: WriteLog): void {
  const database = new Database(join(folder, 'fleetbeat.db'));
  const all = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[];
  expect(all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  const made = all("SELECT seq FROM events WHERE kind = 'session.created'");
  expect(made).toHaveLength(log.stored.size);
  const numbers = all('SELECT seq FROM events ORDER BY seq').map(({ seq }) => seq);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(all('SELECT seq FROM event_counters')).toEqual([{ seq: numbers.length }]);
  database.close();
}
