import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('the version grows by one with every write', async () => {
  const { programId, client } = await server.createProgram();
  for (let version = 1; version <= 4; version += 1) {
    expect(await client.state.update(programId, { contextSummary: { lastTask: 'Same' } })).toMatchObject({ version });
  }
  expect(await client.state.read(programId)).toMatchObject({ version: 4, exists: true });
});

test('a write on an older version is refused, names the current one and writes nothing', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { contextSummary: { lastTask: 'A' } });
  await client.state.update(programId, { contextSummary: { lastTask: 'B' } }, { version: 1 });
  const before = await client.state.read(programId);
  for (const version of [0, 1, 3]) {
    const late = client.state.update(
      programId,
      { contextSummary: { lastTask: 'C' }, learnedPatterns: [{ id: 'p', domain: 'd', pattern: 'p' }] },
      { version },
    );
    await expect(late).rejects.toMatchObject({ status: 412, kind: 'version-mismatch', problem: { currentVersion: 2 } });
  }
  expect(await client.state.read(programId)).toEqual(before);
});

test('version 0 guards a first write, and * asks that there is one already', async () => {
  const { programId, client } = await server.createProgram();
  const write = (ifMatch: string) =>
    client.api.PATCH('/v1/programs/{programId}/state', {
      params: { path: { programId }, header: { 'If-Match': ifMatch } },
      body: { config: {} },
    });
  expect((await write('*')).response.status).toBe(412);
  const first = await write('"0"');
  expect([first.response.status, first.response.headers.get('etag')]).toEqual([200, '"1"']);
  expect((await write('"0"')).response.status).toBe(412);
  expect((await write('*')).response.status).toBe(200);
  expect((await write('2')).response.status).toBe(400);
});

test('of ten simultaneous writes on the same version, one succeeds', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { config: {} });
  const writes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      client.state.update(programId, { contextSummary: { lastTask: `Writer ${index}` } }, { version: 1 }),
    ),
  );
  const failures = writes.flatMap((write) => (write.status === 'rejected' ? [write.reason] : []));
  expect(failures).toHaveLength(9);
  for (const failure of failures) expect(failure).toMatchObject({ status: 412, problem: { currentVersion: 2 } });
  expect((await client.state.read(programId)).version).toBe(2);
});

test('the session that wrote is recorded as it names itself, and kept when a write names none', async () => {
  const { programId, client } = await server.createProgram();
  expect(await client.state.update(programId, { config: {} })).toMatchObject({ sessionId: null });
  const named = await client.state.update(programId, { sessionId: 'builder-session-4', config: {} });
  expect(named).toMatchObject({ sessionId: 'builder-session-4' });
  expect(await client.state.update(programId, { config: {} })).toMatchObject({ sessionId: 'builder-session-4' });
  expect(await client.state.read(programId)).toMatchObject({ sessionId: 'builder-session-4' });
  const { sessions } = await client.sessions.list({ programId });
  expect(sessions).toEqual([]);
});
