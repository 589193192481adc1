import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetbeatUnreachable } from '../../clients/typescript/src/index.ts';
import { newDatabase, type TestDatabase } from '../support/databases.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

const ADMIN_KEY = 'fb_crash-test_0123456789abcdef0123456789abcdef';
const CRASHES = process.env['FLEETBEAT_TEST_FULL'] ? 200 : 15;
const PROGRAMS = 4;
const WRITERS_OF_A_PROGRAM = 2;

/** One writer and the last of its writes that a server has acknowledged. */
interface Writer {
  readonly programId: string;
  readonly key: string;
  readonly name: string;
  /** The number of its last write that was begun, over all lives of the server. */
  begun: number;
  state: number;
  version: number;
  /** The rounds of a session's creation and of its update. */
  readonly sessions: Map<string, { created: number; updated: number }>;
}

let database: TestDatabase;
let server: ServerProcess;
const writers: Writer[] = [];

beforeAll(async () => {
  database = await newDatabase();
  server = await start();
  for (let program = 1; program <= PROGRAMS; program += 1) {
    const programId = `program-${program}`;
    const { key } = await server.client(ADMIN_KEY).keys.create({ programId });
    for (let of = 1; of <= WRITERS_OF_A_PROGRAM; of += 1) {
      writers.push({ programId, key, name: `w${program}-${of}`, begun: 0, state: 0, version: 0, sessions: new Map() });
    }
  }
});
afterAll(async () => {
  await server.kill();
  await database.remove();
});

const start = () =>
  startServer({ DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY, FLEETBEAT_LOG_LEVEL: 'info' });

test(`what ${WRITERS_OF_A_PROGRAM * PROGRAMS} writers were told is stored survives kill -9, whole, ${CRASHES} times`, async () => {
  for (let crash = 1; crash <= CRASHES; crash += 1) {
    await writeUntilKilled(crash, randomInt(30, 200));
    server = await start();
    for (const writer of writers) {
      await expectStateOf(writer);
      await expectSessionsOf(writer);
    }
  }
});

/** Kills the server when it has acknowledged so many writes, with a write of every writer on its way. */
async function writeUntilKilled(life: number, acknowledgements: number): Promise<void> {
  let left = acknowledgements;
  const acknowledged = () => {
    left -= 1;
    if (left === 0) server.signal('SIGKILL');
  };
  await Promise.all(writers.map((writer) => writeUntilTheEnd(writer, life, acknowledged)));
  await server.ended;
}

/** A session, its update and a write of state, each with the number of the round in two places, again and again. */
async function writeUntilTheEnd(writer: Writer, life: number, acknowledged: () => void): Promise<void> {
  const client = server.client(writer.key);
  try {
    for (;;) {
      writer.begun += 1;
      const round = writer.begun;
      const sessionId = `${writer.name}-${life}-${round % 5}`;
      await client.sessions.create({ sessionId, name: `round ${round}`, status: `round ${round}` });
      writer.sessions.set(sessionId, { created: round, updated: writer.sessions.get(sessionId)?.updated ?? 0 });
      acknowledged();
      await client.sessions.update(sessionId, { status: `round ${round}`, contextBytes: round, lastHeartbeat: true });
      writer.sessions.set(sessionId, { created: round, updated: round });
      acknowledged();
      const { version } = await client.state.update(writer.programId, {
        config: { customSettings: { [writer.name]: round } },
        learnedPatterns: ['left', 'right'].map((side) => ({
          id: `${writer.name}-${side}`,
          domain: 'crash',
          pattern: `round ${round}`,
          confidence: 0.5,
        })),
      });
      expect(version).toBeGreaterThan(writer.version);
      writer.state = round;
      writer.version = version;
      acknowledged();
    }
  } catch (error) {
    // The kill breaks the connection. A refusal would be an answer, and no answer may be one of these.
    if (!(error instanceof FleetbeatUnreachable)) throw error;
  }
}

async function expectStateOf(writer: Writer): Promise<void> {
  const state = await server.client(writer.key).state.read(writer.programId);
  const round = Number(state.config.customSettings[writer.name] ?? 0);
  expect(state.version).toBeGreaterThanOrEqual(writer.version);
  expect(round).toBeGreaterThanOrEqual(writer.state);
  expect(round).toBeLessThanOrEqual(writer.begun);
  const mine = state.learnedPatterns.filter(({ id }) => id.startsWith(`${writer.name}-`));
  const whole = round === 0 ? [] : [`round ${round}`, `round ${round}`];
  expect(mine.map(({ pattern }) => pattern)).toEqual(whole);
  writer.version = state.version;
}

async function expectSessionsOf(writer: Writer): Promise<void> {
  const client = server.client(writer.key);
  for (const [sessionId, { created, updated }] of writer.sessions) {
    const session = await client.sessions.get(sessionId);
    const round = Number(session.name.replace('round ', ''));
    expect(round).toBeGreaterThanOrEqual(created);
    expect(session.status).toBe(session.name);
    expect([updated, round]).toContain(session.contextBytes ?? 0);
  }
}
