import { expect, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 86_400_000;
const server = useTestServer({ stopClock: true });

const seedPattern = { id: 'p-1', domain: 'auth', pattern: 'Check expiry' };
const at = (ms: number) => new Date(ms).toISOString();

test('the history lists what each write changed, by whom and when, newest first', async () => {
  const { programId, key, client } = await server.createProgram();
  const { keyId } = await server.client(key).me();
  const sessionId = 'builder-session-1';
  await client.state.update(programId, {
    sessionId,
    contextSummary: { lastTask: 'A' },
    learnedPatterns: [seedPattern],
  });
  server.clock.advance(1_000);
  await client.state.update(programId, { config: {}, contextSummary: { lastTask: 'A', handoffNotes: 'B' } });
  await client.patterns.promote(programId, 'p-1', { sessionId });
  await client.patterns.remove(programId, 'p-1');
  await client.state.restore(programId, { version: 1 });
  const { versions, nextCursor } = await client.state.versions(programId);
  const expectedVersion = { at: at(server.clock.now()), keyId, restoredVersion: null, sessionId: null };
  const [added, changed, removed] = [1, 1, 1];
  const none = { patternsAdded: 0, patternsChanged: 0, patternsRemoved: 0 };
  expect(versions).toEqual([
    {
      ...expectedVersion,
      ...none,
      version: 5,
      cause: 'restore',
      restoredVersion: 1,
      sections: ['contextSummary'],
      patternsAdded: added,
    },
    { ...expectedVersion, ...none, version: 4, cause: 'remove', sections: [], patternsRemoved: removed },
    { ...expectedVersion, ...none, version: 3, cause: 'promote', sessionId, sections: [], patternsChanged: changed },
    { ...expectedVersion, ...none, version: 2, cause: 'write', sections: ['contextSummary'] },
    {
      ...expectedVersion,
      ...none,
      at: at(server.clock.now() - 1_000),
      version: 1,
      cause: 'write',
      sessionId,
      sections: ['contextSummary'],
      patternsAdded: added,
    },
  ]);
  expect(nextCursor).toBeNull();
});

test('the newest hundred versions can be read, in pages without a gap, and older ones are gone', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { learnedPatterns: [seedPattern] });
  for (let version = 2; version <= 104; version += 1) {
    await client.state.update(programId, {
      contextSummary: { lastTask: `Task ${version}` },
      learnedPatterns: [{ id: 'p-1' }],
    });
  }
  const numbers: number[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await client.state.versions(programId, { limit: 40, ...(cursor && { cursor }) });
    numbers.push(...page.versions.map(({ version }) => version));
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => 104 - index));
  expect(await client.state.readVersion(programId, 5)).toMatchObject({
    version: 5,
    contextSummary: { lastTask: 'Task 5' },
    learnedPatterns: [{ reinforcements: 4 }],
  });
  const gone = { status: 404, kind: 'state-version-not-found', problem: { currentVersion: 104 } };
  for (const version of [4, 105]) {
    await expect(client.state.readVersion(programId, version)).rejects.toMatchObject(gone);
    await expect(client.state.restore(programId, { version })).rejects.toMatchObject(gone);
    await expect(client.state.diff(programId, 104, version)).rejects.toMatchObject(gone);
  }
  const sql = await connect(server.database);
  for (const table of ['state_versions', 'pattern_undos']) {
    const rows = await sql.query(`SELECT version FROM ${table} WHERE programId = ?`, [programId]);
    expect(rows).toHaveLength(100);
  }
  await sql.close();
});

test('a state that was never written has no versions', async () => {
  const { programId, client } = await server.createProgram();
  expect(await client.state.versions(programId)).toEqual({ versions: [], nextCursor: null });
  const none = { status: 404, kind: 'state-version-not-found' };
  await expect(client.state.readVersion(programId, 1)).rejects.toMatchObject(none);
  await expect(client.state.restore(programId, { version: 1 })).rejects.toMatchObject(none);
  await expect(client.state.diff(programId, 1, 1)).rejects.toMatchObject(none);
});

test('the state as of a time is the one that held then, judged then', async () => {
  const { programId, client } = await server.createProgram();
  const start = server.clock.now();
  const seen: Awaited<ReturnType<typeof client.state.read>>[] = [];
  for (const lastTask of ['A', 'B', 'C']) {
    server.clock.advance(20 * DAY);
    await client.state.update(programId, {
      contextSummary: { lastTask },
      learnedPatterns: [{ ...seedPattern, id: lastTask }],
    });
    server.clock.advance(8 * DAY);
    seen.push(await client.state.read(programId));
  }
  for (const [index, state] of seen.entries()) {
    expect(await client.state.read(programId, { asOf: at(start + (index + 1) * 28 * DAY) })).toEqual(state);
    expect(state).toMatchObject({ version: index + 1, contextSummaryExpired: true });
  }
  const fresh = await client.state.read(programId, { asOf: at(start + 48 * DAY) });
  expect(fresh).toMatchObject({ version: 2, contextSummaryExpired: false });
  expect(fresh.learnedPatterns.map(({ id, stale }) => [id, stale])).toEqual([
    ['A', false],
    ['B', false],
  ]);
  expect(await client.state.read(programId, { asOf: at(start) })).toMatchObject({ exists: false, version: 0 });
  for (let more = 0; more < 98; more += 1)
    await client.state.update(programId, { config: { customSettings: { more } } });
  await expect(client.state.read(programId, { asOf: at(start) })).rejects.toMatchObject({
    status: 404,
    kind: 'state-version-not-found',
  });
  expect(await client.state.read(programId, { asOf: at(start + 50 * DAY) })).toMatchObject({ version: 2 });
});

test('an impossible date is refused', async () => {
  const { programId, client } = await server.createProgram();
  for (const asOf of ['2026-02-30T00:00:00Z', 'yesterday']) {
    await expect(client.state.read(programId, { asOf })).rejects.toMatchObject({
      status: 400,
      problem: { errors: [{ in: 'query', pointer: '#/asOf' }] },
    });
  }
});

test('the difference names every field that differs by its pointer', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, {
    contextSummary: { lastTask: 'A', activeWorkItems: ['x'] },
    config: { customSettings: { 'a/b': { '~': 1, same: true } } },
    learnedPatterns: [seedPattern],
  });
  server.clock.advance(1_000);
  await client.state.update(programId, {
    contextSummary: { lastTask: null, activeWorkItems: ['x', 'y'] },
    config: { customSettings: { 'a/b': { '~': 2 } } },
    decay: { contextSummaryTTLDays: 9 },
    learnedPatterns: [{ id: 'p-1', confidence: 0.75 }],
  });
  const { changes, ...rest } = await client.state.diff(programId, 1, 2);
  expect(rest).toEqual({ from: 1, to: 2, leftOut: 0 });
  expect(changes).toEqual([
    { pointer: '/config/customSettings/a~1b/~0', before: 1, after: 2 },
    { pointer: '/contextSummary/activeWorkItems', before: ['x'], after: ['x', 'y'] },
    { pointer: '/contextSummary/lastTask', before: 'A', after: null },
    { pointer: '/decay/contextSummaryTTLDays', before: null, after: 9 },
    { pointer: '/learnedPatterns/p-1/confidence', before: 0.5, after: 0.75 },
    {
      pointer: '/learnedPatterns/p-1/lastReinforcedAt',
      before: at(server.clock.now() - 1_000),
      after: at(server.clock.now()),
    },
    { pointer: '/learnedPatterns/p-1/reinforcements', before: 0, after: 1 },
  ]);
  const back = await client.state.diff(programId, 2, 1);
  expect(back.changes).toEqual(
    changes.map(({ pointer, before, after }) => ({ pointer, before: after, after: before })),
  );
  expect((await client.state.diff(programId, 2, 2)).changes).toEqual([]);
});

test('a large difference is truncated, with the number of omitted fields', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { config: {} });
  const learnedPatterns = Array.from({ length: 700 }, (_, index) => ({ ...seedPattern, id: `p-${index}` }));
  await client.state.update(programId, { learnedPatterns });
  const { changes, leftOut } = await client.state.diff(programId, 1, 2);
  expect(changes).toHaveLength(5_000);
  // Evidence and supersededBy are null on both sides.
  expect(changes.length + leftOut).toBe(700 * 8);
});
