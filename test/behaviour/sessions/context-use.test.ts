import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const LIMIT = 1_000_000;
const HOUR = 3_600_000;

const used = async (contextBytes: number, contextLimitBytes = LIMIT) => {
  const { client } = await server.createProgram();
  return client.sessions.create({ name: 'Auth', contextBytes, contextLimitBytes });
};

test('context use is shown in percent only when the size of the window is known', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth', contextBytes: 900_000 });
  const without = await client.sessions.get(sessionId);
  expect(without).not.toHaveProperty('contextUsedPercent');
  expect(without).toMatchObject({ contextBytes: 900_000, contextLimitBytes: null, handoffAdvised: false });
  const with_ = await client.sessions.update(sessionId, { status: 'S', contextLimitBytes: LIMIT });
  expect(with_).toMatchObject({ contextUsedPercent: 90, handoffAdvised: true });
});

test('a percentage that the session tells is shown in place of the one that follows from its bytes', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth', contextUsedPercent: 60 });
  expect(await client.sessions.get(sessionId)).toMatchObject({ contextUsedPercent: 60, handoffAdvised: false });
  const both = { contextUsedPercent: 60.1, contextBytes: 1, contextLimitBytes: LIMIT };
  expect(await client.sessions.update(sessionId, { status: 'S', ...both })).toMatchObject({
    ...both,
    handoffAdvised: true,
  });
  const derived = await client.sessions.update(sessionId, { status: 'S', contextUsedPercent: null });
  expect(derived).toMatchObject({ contextUsedPercent: 0, handoffAdvised: false });
  const { changes } = await client.sessions.timeline(sessionId);
  expect(changes.map(({ contextUsedPercent }) => contextUsedPercent)).toEqual([0, 60.1, 60]);
});

test('the time when the window is full follows from percentages, too', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth', contextUsedPercent: 20 });
  server.clock.advance(HOUR);
  const { updatedAt, contextFullAt } = await client.sessions.update(sessionId, { status: 'S', contextUsedPercent: 60 });
  const hoursLeft = (Date.parse(contextFullAt ?? '') - Date.parse(updatedAt)) / HOUR;
  expect(hoursLeft).toBeGreaterThan(0.99);
  expect(hoursLeft).toBeLessThan(1.1);
  // After a compaction a new rise begins.
  const compacted = await client.sessions.update(sessionId, { status: 'S', contextUsedPercent: 10 });
  expect(compacted.contextFullAt).toBeNull();
});

test('a handoff is advised above 60 %, and not at 60 %', async () => {
  expect(await used(600_000)).toMatchObject({ contextUsedPercent: 60, handoffAdvised: false });
  expect(await used(600_001)).toMatchObject({ handoffAdvised: true });
  expect(await used(599_999)).toMatchObject({ handoffAdvised: false });
  expect(await used(3, 5)).toMatchObject({ contextUsedPercent: 60, handoffAdvised: false });
});

test('context use stays between 0 and 100 %', async () => {
  expect(await used(0)).toMatchObject({ contextUsedPercent: 0, handoffAdvised: false });
  expect(await used(LIMIT)).toMatchObject({ contextUsedPercent: 100 });
  expect(await used(5 * LIMIT)).toMatchObject({ contextUsedPercent: 100, contextBytes: 5 * LIMIT });
});

test('bytes beyond 32 bits come back exactly', async () => {
  expect(await used(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER)).toMatchObject({
    contextBytes: Number.MAX_SAFE_INTEGER - 1,
    contextLimitBytes: Number.MAX_SAFE_INTEGER,
  });
});

test('only the session decides whether a handoff is required', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth', contextBytes: 9, contextLimitBytes: 10 });
  expect(await client.sessions.get(sessionId)).toMatchObject({ handoffRequired: false, handoffAdvised: true });
  await client.sessions.update(sessionId, { status: 'S', handoffRequired: true });
  expect(await client.sessions.update(sessionId, { status: 'T' })).toMatchObject({ handoffRequired: true });
});
