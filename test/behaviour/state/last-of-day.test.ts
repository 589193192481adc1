/** Of the versions before the newest hundred, the last of each day is kept for 30 days. */
import { expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { runSql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const server = useTestServer({ stopClock: true });

const toMorning = () => server.clock.advance(DAY - (server.clock.now() % DAY) + 8 * HOUR);
const at = (ms: number) => new Date(ms).toISOString();

/** A write that changes a section, adds one pattern, and changes or removes another: each of them must be undone. */
async function write(client: Fleetbeat, programId: string, text: string, number: number): Promise<void> {
  await client.state.update(programId, {
    contextSummary: { lastTask: text },
    config: { customSettings: { [`s${number % 7}`]: number } },
    learnedPatterns: [{ id: `p-${number % 11}`, domain: 'auth', pattern: text, confidence: (number % 10) / 10 }],
  });
}

/** Writes so many versions within a minute, and resolves with the state as it is then. */
async function writeMany(client: Fleetbeat, programId: string, day: string, count: number) {
  for (let number = 1; number <= count; number += 1) {
    server.clock.advance(500);
    if (number % 13 === 0) await client.patterns.remove(programId, `p-${(number - 1) % 11}`);
    else await write(client, programId, `${day} ${number}`, number);
  }
  return client.state.read(programId);
}

const listVersions = async (client: Fleetbeat, programId: string): Promise<number[]> => {
  const numbers: number[] = [];
  for await (const { version } of client.state.allVersions(programId)) numbers.push(version);
  return numbers;
};

interface End {
  readonly state: Awaited<ReturnType<Fleetbeat['state']['read']>>;
  readonly at: number;
}

/** A program that has written on four of five days, and the state at the end of each, by its version. */
async function writeForDays(counts: readonly number[]) {
  const { programId, client } = await server.createProgram();
  const ends = new Map<number, End>();
  for (const [day, count] of counts.entries()) {
    toMorning();
    if (count === 0) continue;
    const state = await writeMany(client, programId, `Day ${day}`, count);
    ends.set(state.version, { state, at: server.clock.now() });
  }
  return { programId, client, ends };
}

const gone = { status: 404, kind: 'state-version-not-found' };

test('the last of each day stays readable, whatever was written since, until 30 days have passed', async () => {
  const { programId, client, ends } = await writeForDays([2, 30, 0, 25, 100]);
  expect([...ends.keys()]).toEqual([2, 32, 57, 157]);
  const newest = Array.from({ length: 100 }, (_, index) => 157 - index);
  expect(await listVersions(client, programId)).toEqual([...newest, 57, 32, 2]);
  for (const [version, end] of ends) {
    const { contextSummary, config, learnedPatterns } = end.state;
    const then = await client.state.readVersion(programId, version);
    expect(then).toMatchObject({ version, contextSummary, config });
    const stored = (patterns: readonly { stale: boolean }[]) => patterns.map(({ stale: _now, ...rest }) => rest);
    expect(stored(then.learnedPatterns)).toEqual(stored(learnedPatterns));
    expect(await client.state.read(programId, { asOf: at(end.at) })).toEqual(end.state);
    // Nothing came after it on the same day.
    expect(await client.state.read(programId, { asOf: at(end.at + 3 * HOUR) })).toMatchObject({ version });
  }
  for (const version of [1, 3, 31, 33, 56])
    await expect(client.state.readVersion(programId, version), String(version)).rejects.toMatchObject(gone);
  const between = at((ends.get(32)?.at ?? 0) - 5_000);
  await expect(client.state.read(programId, { asOf: between })).rejects.toMatchObject(gone);
  const { changes } = await client.state.diff(programId, 2, 57);
  expect(changes.map(({ pointer }) => pointer)).toContain('/contextSummary/lastTask');

  // A program keeps a bounded number of rows: the newest, the last of each day, and those that wait to be folded.
  const rows = await runSql(server.database, 'SELECT version FROM state_versions WHERE programId = ?', [programId]);
  expect(rows.length).toBeLessThan(100 + 3 + 50);

  // Their time ends one by one, also before the next write removes them.
  server.clock.advance((ends.get(32)?.at ?? 0) + 30 * DAY - server.clock.now());
  expect(await listVersions(client, programId)).toEqual([...newest, 57]);
  await expect(client.state.readVersion(programId, 32)).rejects.toMatchObject(gone);
  const restored = await client.state.restore(programId, { version: 57 });
  expect(restored).toMatchObject({ version: 158, contextSummary: { lastTask: 'Day 3 25' } });
});

test('a version whose successors are incomplete is not rebuilt from what is left of them', async () => {
  const { programId, client } = await writeForDays([1, 102]);
  expect(await client.state.readVersion(programId, 1)).toMatchObject({ contextSummary: { lastTask: 'Day 0 1' } });
  // As a server of the version before does it, which runs beside this one during an upgrade.
  await runSql(server.database, 'DELETE FROM state_versions WHERE programId = ? AND version = 3', [programId]);
  await expect(client.state.readVersion(programId, 1)).rejects.toMatchObject(gone);
});
