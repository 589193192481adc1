import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const LIMIT = 1_000_000;

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
