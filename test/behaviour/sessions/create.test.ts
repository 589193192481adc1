import { expect, test } from 'vitest';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const MINUTE = 60_000;

test('a create is 201 for a new id and 200 for an existing one', async () => {
  const { client } = await server.createProgram();
  const body = { name: 'Auth', sessionId: randomName() };
  expect((await client.api.POST('/v1/sessions', { body })).response.status).toBe(201);
  expect((await client.api.POST('/v1/sessions', { body })).response.status).toBe(200);
});

test('a new session works, has no progress yet and belongs to the program of the key', async () => {
  const { programId, client } = await server.createProgram();
  const made = await client.sessions.create({ name: 'Auth' });
  expect(made).toMatchObject({
    programId,
    name: 'Auth',
    state: 'working',
    status: null,
    progress: null,
    projectName: null,
    contextBytes: null,
    contextLimitBytes: null,
    handoffRequired: false,
    stale: false,
    stuck: false,
    archived: false,
    completedAt: null,
  });
  expect(new Set([made.createdAt, made.updatedAt, made.lastHeartbeat, made.lastProgressAt]).size).toBe(1);
  expect(await client.sessions.get(made.sessionId)).toMatchObject({ sessionId: made.sessionId, name: 'Auth' });
});

test('a create with an existing id changes the fields that were sent and keeps the others', async () => {
  const { client } = await server.createProgram();
  const sessionId = randomName();
  const full = { status: 'Reading', state: 'blocked', progress: 40.5, projectName: 'web', contextBytes: 10 } as const;
  const made = await client.sessions.create({
    name: 'Auth',
    sessionId,
    ...full,
    contextLimitBytes: 100,
    handoffRequired: true,
  });
  server.clock.advance(MINUTE);
  const again = await client.sessions.create({ name: 'Auth again', sessionId, progress: 50 });
  expect(again).toMatchObject({
    ...full,
    name: 'Auth again',
    progress: 50,
    contextLimitBytes: 100,
    handoffRequired: true,
  });
  expect(again.createdAt).toBe(made.createdAt);
  expect((await client.sessions.list({ programId: again.programId ?? '' })).sessions).toHaveLength(1);
});

test('a create with an existing id counts as a heartbeat', async () => {
  const { client } = await server.createProgram();
  const made = await client.sessions.create({ name: 'Auth', sessionId: randomName() });
  server.clock.advance(20 * MINUTE);
  expect((await client.sessions.get(made.sessionId)).stale).toBe(true);
  const again = await client.sessions.create({ name: 'Auth', sessionId: made.sessionId });
  expect(Date.parse(again.lastHeartbeat) - Date.parse(made.lastHeartbeat)).toBeGreaterThanOrEqual(20 * MINUTE);
  expect(again.stale).toBe(false);
});

test('a create brings a complete session back to work, unless it says otherwise', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth', state: 'complete' });
  expect(await client.sessions.create({ name: 'Auth', sessionId })).toMatchObject({
    state: 'working',
    completedAt: null,
  });
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  expect(await client.sessions.create({ name: 'Auth', sessionId, state: 'pinned' })).toMatchObject({ state: 'pinned' });
});

test('a session that is blocked or pinned stays so when it is created again without a state', async () => {
  const { client } = await server.createProgram();
  for (const state of ['blocked', 'pinned'] as const) {
    const { sessionId } = await client.sessions.create({ name: 'Auth', state });
    expect(await client.sessions.create({ name: 'Auth', sessionId })).toMatchObject({ state });
  }
});

test('server-made ids are unique and sort by time of creation', async () => {
  const { client } = await server.createProgram();
  const ids: string[] = [];
  for (let index = 0; index < 20; index += 1) ids.push((await client.sessions.create({ name: 'Auth' })).sessionId);
  expect(new Set(ids).size).toBe(20);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._:-]{15,99}$/);
});

test('twenty simultaneous creates of one id create one session', async () => {
  const { programId, client } = await server.createProgram();
  const body = { name: 'Auth', sessionId: randomName() };
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.api.POST('/v1/sessions', { body })));
  const statuses = answers.map(({ response }) => response.status).sort();
  expect(statuses).toEqual([...Array(19).fill(200), 201]);
  expect((await client.sessions.list({ programId })).sessions).toHaveLength(1);
});
