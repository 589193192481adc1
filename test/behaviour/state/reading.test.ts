import { expect, test } from 'vitest';
import { randomName, startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const DEFAULTS = {
  contextSummary: { lastTask: null, activeWorkItems: [], handoffNotes: null, openQuestions: [] },
  contextSummaryExpired: false,
  learnedPatterns: [],
  config: { preferredOutputFormat: null, toolPreferences: {}, knownQuirks: [], customSettings: {} },
  baselines: {
    avgTaskDurationMinutes: null,
    commonFailureModes: [],
    sessionsCompleted: 0,
    lastSessionDurationMinutes: null,
  },
  decay: { contextSummaryTTLDays: 7, learnedPatternMaxAge: 30, maxUnpromotedPatterns: 50 },
};

test('a first boot reads defaults and is no error', async () => {
  const { programId, client } = await server.createProgram();
  expect(await client.state.read(programId)).toEqual({
    programId,
    exists: false,
    version: 0,
    sessionId: null,
    updatedAt: null,
    ...DEFAULTS,
  });
});

test('reads change nothing, before the first write and after it', async () => {
  const { programId, client } = await server.createProgram();
  const fresh = await client.state.read(programId);
  server.clock.advance(60_000);
  expect(await client.state.read(programId)).toEqual(fresh);
  await client.state.update(programId, { learnedPatterns: [{ id: 'p-1', domain: 'auth', pattern: 'Check expiry' }] });
  const stored = await client.state.read(programId);
  server.clock.advance(60_000);
  for (let index = 0; index < 3; index += 1) expect(await client.state.read(programId)).toEqual(stored);
});

test('the read carries its version as ETag', async () => {
  const { programId, client } = await server.createProgram();
  const read = () => client.api.GET('/v1/programs/{programId}/state', { params: { path: { programId } } });
  expect((await read()).response.headers.get('etag')).toBe('"0"');
  await client.state.update(programId, { config: {} });
  expect((await read()).response.headers.get('etag')).toBe('"1"');
});

test('a program reads its own state and no other; auditors and admins read any', async () => {
  const [mine, other] = [await server.createProgram(), await server.createProgram()];
  await mine.client.state.update(mine.programId, { contextSummary: { lastTask: 'Mine' } });
  await expect(other.client.state.read(mine.programId)).rejects.toMatchObject({ status: 403, kind: 'forbidden' });
  for (const role of ['auditor', 'admin', 'operator'] as const) {
    const reader = server.client((await server.admin.keys.create({ role })).key);
    expect(await reader.state.read(mine.programId)).toMatchObject({ contextSummary: { lastTask: 'Mine' } });
  }
});

test('only the program itself writes its state, not even an admin', async () => {
  const [mine, other] = [await server.createProgram(), await server.createProgram()];
  const { programId } = mine;
  const { key } = await server.admin.keys.create({ role: 'admin', programId });
  const auditor = await server.admin.keys.create({ role: 'auditor' });
  for (const writer of [other.client, server.admin, server.client(key), server.client(auditor.key)]) {
    const write = writer.state.update(programId, { contextSummary: { lastTask: 'Not mine' } });
    await expect(write).rejects.toMatchObject({ status: 403, kind: 'forbidden' });
  }
  expect(await mine.client.state.read(programId)).toMatchObject({ exists: false, version: 0 });
});

test('an unknown program is 404 for an admin', async () => {
  await expect(server.admin.state.read(randomName())).rejects.toMatchObject({ status: 404, kind: 'program-not-found' });
});

test('the state survives the end of its session and of the server', async () => {
  const { programId, key, client } = await server.createProgram();
  await client.sessions.create({ name: 'Auth' });
  await client.state.update(programId, { contextSummary: { lastTask: 'Stored' } });
  await client.sessions.update('current', { status: 'Done', state: 'complete' });
  const stored = await client.state.read(programId);
  const next = await startTestServer({ database: server.database });
  expect(await next.client(key).state.read(programId)).toEqual(stored);
  await next.close();
});
