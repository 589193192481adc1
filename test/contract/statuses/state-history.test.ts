import { expect, test } from 'vitest';
import { createHttpAgent } from '../../support/http-agent.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

/** A program at version 2 of its state. */
async function createProgramWithVersions() {
  const program = await server.createProgram();
  for (const lastTask of ['First', 'Second']) {
    await program.client.state.update(program.programId, { contextSummary: { lastTask } });
  }
  return program;
}

const at = (programId: string, rest: string) => `/v1/programs/${programId}/state/${rest}`;
const READ_PATHS = ['versions', 'versions/1', 'diff?from=1&to=2', 'export'];

test('versions are listed, read, compared, exported, restored and imported (200)', async () => {
  const { key, programId } = await createProgramWithVersions();
  const http = createHttpAgent(server.url, key);
  for (const readPath of READ_PATHS) await http.get(at(programId, readPath)).expect(200);
  const restored = await http.post(at(programId, 'restore')).send({ version: 1 }).expect(200);
  expect(restored.headers['etag']).toBe('"3"');
  const { body: document, headers } = await http.get(at(programId, 'export')).expect(200);
  expect(headers['etag']).toBe('"3"');
  const imported = await http.post(at(programId, 'import')).send({ document }).expect(200);
  expect(imported.headers['etag']).toBe('"4"');
});

test("another program's history is 403, and what an admin asks of a program that is not there is 404", async () => {
  const [owner, other] = [await createProgramWithVersions(), await createProgramWithVersions()];
  const document = await owner.client.state.export(owner.programId);
  const [stranger, admin] = [createHttpAgent(server.url, other.key), createHttpAgent(server.url, server.adminKey)];
  for (const readPath of READ_PATHS) {
    await stranger.get(at(owner.programId, readPath)).expect(403);
    const { body } = await admin.get(at('nobody', readPath)).expect(404);
    expect(body.type).toBe('/problems/program-not-found');
  }
  for (const [act, body] of Object.entries({ restore: { version: 1 }, import: { document } })) {
    await stranger.post(at(owner.programId, act)).send(body).expect(403);
    const refused = await admin.post(at('nobody', act)).send(body).expect(404);
    expect(refused.body.type).toBe('/problems/program-not-found');
  }
  expect(await owner.client.state.read(owner.programId)).toMatchObject({ version: 2 });
});

test('a version that is no longer stored is 404 for reading, comparing and restoring', async () => {
  const { key, programId } = await createProgramWithVersions();
  const http = createHttpAgent(server.url, key);
  for (const refused of [
    await http.get(at(programId, 'versions/3')),
    await http.get(at(programId, 'diff?from=1&to=3')),
    await http.get(at(programId, 'diff?from=3&to=1')),
    await http.post(at(programId, 'restore')).send({ version: 3 }),
  ]) {
    expect(refused).toMatchObject({ status: 404, body: { type: '/problems/state-version-not-found' } });
  }
});

test('comparing without both versions is 400', async () => {
  const { key, programId } = await createProgramWithVersions();
  const { body } = await createHttpAgent(server.url, key).get(at(programId, 'diff?from=1')).expect(400);
  expect(body.errors).toMatchObject([{ in: 'query', pointer: '#/to' }]);
});

test('restoring and importing with an outdated If-Match is 412 and changes nothing', async () => {
  const { key, programId, client } = await createProgramWithVersions();
  const document = await client.state.export(programId);
  for (const [act, body] of Object.entries({ restore: { version: 1 }, import: { document } })) {
    const refused = await createHttpAgent(server.url, key).post(at(programId, act)).set('If-Match', '"1"').send(body);
    expect(refused).toMatchObject({ status: 412, body: { type: '/problems/version-mismatch', currentVersion: 2 } });
  }
  expect(await client.state.read(programId)).toMatchObject({ version: 2 });
});

test('importing accepts up to 4 MB, more than other operations; a larger body is 413', async () => {
  const { key, programId } = await createProgramWithVersions();
  const pattern = {
    domain: 'auth',
    pattern: 'x'.repeat(2_000),
    confidence: 0.5,
    evidence: null,
    status: 'active',
    supersededBy: null,
    promoted: false,
    reinforcements: 0,
    discoveredAt: '2026-02-24T10:30:00.000Z',
    lastReinforcedAt: '2026-02-24T10:30:00.000Z',
  };
  const http = createHttpAgent(server.url, key);
  const { body: bare } = await http.get(at(programId, 'export'));
  const learnedPatterns = Array.from({ length: 1_000 }, (_, index) => ({ ...pattern, id: `p-${index}` }));
  const document = { ...bare, learnedPatterns };
  await http.post(at(programId, 'import')).send({ document }).expect(200);
  const blank = ' '.repeat(4 * 1024 * 1024);
  const large = http.post(at(programId, 'import')).set('Content-Type', 'application/json');
  const { body } = await large.send(`${JSON.stringify({ document })}${blank}`).expect(413);
  expect(body.detail).toContain('4 MB');
});
