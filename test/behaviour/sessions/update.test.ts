import { expect, test } from 'vitest';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const MINUTE = 60_000;
const FULL = {
  name: 'Auth',
  status: 'Reading',
  state: 'blocked',
  progress: 33.25,
  projectName: 'web',
  contextBytes: 700,
  contextLimitBytes: 1_000,
  handoffRequired: true,
} as const;

test('an update keeps the value of every field that it leaves out', async () => {
  const { client } = await server.createProgram();
  const made = await client.sessions.create(FULL);
  expect(await client.sessions.update(made.sessionId, { status: 'Writing' })).toMatchObject({
    ...FULL,
    status: 'Writing',
    createdAt: made.createdAt,
  });
});

test('an update sets every field that it names, down to nothing and zero', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create(FULL);
  const update = {
    status: '',
    progress: 0,
    projectName: '',
    contextBytes: 0,
    contextLimitBytes: 1,
    handoffRequired: false,
  };
  const changed = { ...update, state: 'pinned' } as const;
  expect(await client.sessions.update(sessionId, changed)).toMatchObject({ ...changed, name: 'Auth' });
  expect(await client.sessions.get(sessionId)).toMatchObject({ ...changed, name: 'Auth' });
});

test('the status never changes the name', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth refactor' });
  expect(await client.sessions.update(sessionId, { status: 'Other' })).toMatchObject({
    name: 'Auth refactor',
    status: 'Other',
  });
});

test('only lastHeartbeat true moves the heartbeat', async () => {
  const { client } = await server.createProgram();
  const made = await client.sessions.create({ name: 'Auth' });
  server.clock.advance(MINUTE);
  const { sessionId } = made;
  for (const update of [{ status: 'A' }, { status: 'B', progress: 5 }, { status: 'C', lastHeartbeat: false }]) {
    expect((await client.sessions.update(sessionId, update)).lastHeartbeat).toBe(made.lastHeartbeat);
  }
  const beaten = await client.sessions.update(sessionId, { status: 'D', lastHeartbeat: true });
  expect(Date.parse(beaten.lastHeartbeat) - Date.parse(made.lastHeartbeat)).toBeGreaterThanOrEqual(MINUTE);
  expect(beaten.lastHeartbeat).toBe(beaten.updatedAt);
});

test('an unknown id is 404 and nothing is created', async () => {
  const { programId, client } = await server.createProgram();
  const sessionId = randomName();
  const update = client.sessions.update(sessionId, { status: 'Lost', state: 'working', lastHeartbeat: true });
  await expect(update).rejects.toMatchObject({ status: 404, kind: 'session-not-found' });
  await expect(client.sessions.get(sessionId)).rejects.toMatchObject({ status: 404 });
  expect((await client.sessions.list({ programId })).sessions).toEqual([]);
});

test('updates of different fields at once lose nothing', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth' });
  const fields = { progress: 12.5, projectName: 'web', contextBytes: 5, contextLimitBytes: 10, handoffRequired: true };
  await Promise.all(
    Object.entries(fields).map(([field, value]) => client.sessions.update(sessionId, { status: 'S', [field]: value })),
  );
  expect(await client.sessions.get(sessionId)).toMatchObject(fields);
});

test('text is returned exactly as it was sent', async () => {
  const { client } = await server.createProgram();
  const status = '日本語 🚀 e\u0301 "quoted" \\ \n\t <b>';
  const { sessionId } = await client.sessions.create({ name: '👩‍💻 Ünï', status });
  expect(await client.sessions.get(sessionId)).toMatchObject({ name: '👩‍💻 Ünï', status });
});
