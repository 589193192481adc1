import { expect, test } from 'vitest';
import { createHttpAgent } from '../../support/http-agent.ts';
import { runSql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

/** A program with the patterns p-1 and p-2, at version 1. */
async function learned() {
  const program = await server.createProgram();
  const learnedPatterns = ['p-1', 'p-2'].map((id) => ({ id, domain: 'auth', pattern: 'Look twice' }));
  await program.client.state.update(program.programId, { learnedPatterns });
  return program;
}

/** Every operation on one pattern, as an HTTP request. */
function acts(key: string, programId: string, patternId: string, sessionId?: string) {
  const at = `/v1/programs/${programId}/patterns/${patternId}`;
  const http = createHttpAgent(server.url, key);
  return {
    reinforce: () => http.post(`${at}/reinforce`).send({ sessionId }),
    promote: () => http.post(`${at}/promote`).send({ sessionId }),
    setStatus: () => http.put(`${at}/status`).send({ status: 'refuted', sessionId }),
    remove: () => http.delete(at).query(sessionId === undefined ? {} : { sessionId }),
  };
}

test('patterns are listed, reinforced, promoted, given a status (200) and removed (204), and each response has the version', async () => {
  const { key, programId } = await learned();
  const { reinforce, promote, setStatus, remove } = acts(key, programId, 'p-1');
  const { body } = await createHttpAgent(server.url, key).get(`/v1/programs/${programId}/patterns`).expect(200);
  expect(body.patterns).toHaveLength(2);
  expect((await reinforce().expect(200)).headers['etag']).toBe('"2"');
  expect((await promote().expect(200)).headers['etag']).toBe('"3"');
  expect((await setStatus().expect(200)).headers['etag']).toBe('"4"');
  expect((await remove().expect(204, '')).headers['etag']).toBe('"5"');
  expect((await remove().expect(404)).body.type).toBe('/problems/pattern-not-found');
});

test('an unknown pattern or program is 404', async () => {
  const { key, programId } = await learned();
  for (const act of Object.values(acts(key, programId, 'p-9'))) {
    expect(await act()).toMatchObject({ status: 404, body: { type: '/problems/pattern-not-found' } });
  }
  const missing = { status: 404, body: { type: '/problems/program-not-found' } };
  const admin = createHttpAgent(server.url, server.adminKey);
  expect(await admin.get('/v1/programs/nobody/patterns')).toMatchObject(missing);
  const { reinforce: _ownOnly, ...curating } = acts(server.adminKey, 'nobody', 'p-1');
  for (const act of Object.values(curating)) expect(await act()).toMatchObject(missing);
});

test("another program's patterns are 403", async () => {
  const [owner, other] = [await learned(), await learned()];
  await createHttpAgent(server.url, other.key).get(`/v1/programs/${owner.programId}/patterns`).expect(403);
  for (const act of Object.values(acts(other.key, owner.programId, 'p-1'))) await act().expect(403);
  await acts(server.adminKey, owner.programId, 'p-1').reinforce().expect(403);
  expect(await owner.client.state.read(owner.programId)).toMatchObject({ version: 1 });
});

test('an outdated If-Match is 412 and changes nothing', async () => {
  const { key, programId, client } = await learned();
  for (const act of Object.values(acts(key, programId, 'p-1'))) {
    const refused = await act().set('If-Match', '"7"');
    expect(refused).toMatchObject({ status: 412, body: { type: '/problems/version-mismatch', currentVersion: 1 } });
  }
  expect(await client.state.read(programId)).toMatchObject({ version: 1 });
});

test('a superseded session gets 409 and changes nothing', async () => {
  const { key, programId, client } = await learned();
  const { sessionId } = await client.sessions.create({ name: 'Old' });
  const { sessionId: successor } = await client.sessions.create({ name: 'New' });
  await runSql(server.database, "UPDATE sessions SET state = 'complete', successor = ? WHERE sessionId = ?", [
    successor,
    sessionId,
  ]);
  for (const act of Object.values(acts(key, programId, 'p-1', sessionId))) {
    expect(await act()).toMatchObject({ status: 409, body: { type: '/problems/session-superseded', successor } });
  }
  expect(await client.state.read(programId)).toMatchObject({ version: 1 });
});
