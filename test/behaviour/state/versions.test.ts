import { expect, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('the version grows by one with every write that changes something', async () => {
  const { programId, client } = await server.createProgram();
  for (let version = 1; version <= 4; version += 1) {
    const update = { contextSummary: { lastTask: `Task ${version}` } };
    expect(await client.state.update(programId, update)).toMatchObject({ version });
  }
  expect(await client.state.read(programId)).toMatchObject({ version: 4, exists: true });
});

test('a write that changes nothing makes no version, no entry in the history and no event', async () => {
  const { programId, client } = await server.createProgram();
  const update = { sessionId: 's-1', contextSummary: { lastTask: 'Same' }, config: { knownQuirks: ['slow disk'] } };
  await client.state.update(programId, update);
  const before = await client.state.read(programId);
  for (const same of [update, { contextSummary: {} }, { config: { knownQuirks: ['slow disk'] } }, { sessionId: 's-1' }])
    expect(await client.state.update(programId, same)).toMatchObject({ version: 1 });
  expect(await client.state.read(programId)).toEqual(before);
  expect((await client.state.versions(programId)).versions).toHaveLength(1);
  const sql = await connect(server.database);
  const events = await sql.query("SELECT seq FROM events WHERE kind = 'state.written' AND programId = ?", [programId]);
  await sql.close();
  expect(events).toHaveLength(1);
  // A guard still holds, and each of these is a change.
  await expect(client.state.update(programId, update, { version: 7 })).rejects.toMatchObject({ status: 412 });
  const changes = [
    { sessionId: 's-2' },
    { contextSummary: { lastTask: null } },
    { learnedPatterns: [{ id: 'p', domain: 'd', pattern: 'p' }] },
    { learnedPatterns: [{ id: 'p' }] },
  ];
  for (const [index, change] of changes.entries())
    expect(await client.state.update(programId, change as never)).toMatchObject({ version: 2 + index });
});

test('a summary that is written again is fresh again', async () => {
  const { programId, client } = await server.createProgram();
  const update = { contextSummary: { lastTask: 'Same' } };
  await client.state.update(programId, update);
  server.clock.advance(8 * 24 * 3_600_000);
  expect((await client.state.read(programId)).contextSummaryExpired).toBe(true);
  expect(await client.state.update(programId, update)).toMatchObject({ version: 1 });
  expect(await client.state.read(programId)).toMatchObject({ version: 1, contextSummaryExpired: false });
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
