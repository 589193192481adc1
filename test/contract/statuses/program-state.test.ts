import supertest from 'supertest';
import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const statePath = (programId: string) => `/v1/programs/${programId}/state`;
const read = (key: string, programId: string) =>
  supertest(server.url).get(statePath(programId)).set('Authorization', `Bearer ${key}`);
const write = (key: string, programId: string, body: object) =>
  supertest(server.url).patch(statePath(programId)).set('Authorization', `Bearer ${key}`).send(body);

test('a program reads and writes its own state, and the responses have its version', async () => {
  const { key, programId } = await server.createProgram();
  expect((await read(key, programId).expect(200)).headers['etag']).toBe('"0"');
  const written = await write(key, programId, { contextSummary: { lastTask: 'First' } }).expect(200);
  expect(written.headers['etag']).toBe('"1"');
  expect((await read(key, programId).expect(200)).headers['etag']).toBe('"1"');
});

test("another program's state is 403, for reading and for writing; an admin and an auditor may read it but not write it", async () => {
  const [owner, other] = [await server.createProgram(), await server.createProgram()];
  const auditor = await server.admin.keys.create({ role: 'auditor' });
  await read(other.key, owner.programId).expect(403);
  await write(other.key, owner.programId, { contextSummary: { lastTask: 'Overwritten' } }).expect(403);
  for (const key of [server.adminKey, auditor.key]) {
    await read(key, owner.programId).expect(200);
    await write(key, owner.programId, { contextSummary: { lastTask: 'Overwritten' } }).expect(403);
  }
  expect((await read(owner.key, owner.programId)).body).toMatchObject({ exists: false, version: 0 });
});

test('an unknown program is 404 for an admin', async () => {
  const { body } = await read(server.adminKey, 'nobody').expect(404);
  expect(body.type).toBe('/problems/program-not-found');
});

test('an outdated If-Match is 412, names the stored version, and writes nothing', async () => {
  const { key, programId } = await server.createProgram();
  await write(key, programId, { contextSummary: { lastTask: 'First' } });
  await write(key, programId, { contextSummary: { lastTask: 'Second' } })
    .set('If-Match', '"1"')
    .expect(200);
  for (const version of ['"1"', '"7"']) {
    const refused = await write(key, programId, { contextSummary: { lastTask: 'Late' } }).set('If-Match', version);
    expect(refused).toMatchObject({ status: 412, body: { type: '/problems/version-mismatch', currentVersion: 2 } });
  }
  expect((await read(key, programId)).body).toMatchObject({ version: 2, contextSummary: { lastTask: 'Second' } });
});

test('a malformed If-Match is 400', async () => {
  const { key, programId } = await server.createProgram();
  const refused = await write(key, programId, { contextSummary: {} }).set('If-Match', '1').expect(400);
  expect(refused.body.errors).toMatchObject([{ in: 'header', pointer: '#/if-match' }]);
});

test('the thousand-and-first pattern is 409, and nothing of its write is stored', async () => {
  const { key, programId } = await server.createProgram();
  const pattern = (index: number) => ({ id: `p-${index}`, domain: 'auth', pattern: 'Look twice' });
  await write(key, programId, { learnedPatterns: Array.from({ length: 1_000 }, (_, index) => pattern(index)) }).expect(
    200,
  );
  const refused = await write(key, programId, { learnedPatterns: [pattern(5), pattern(1_000)] }).expect(409);
  expect(refused.body.type).toBe('/problems/state-full');
  const { body } = await read(key, programId);
  expect(body).toMatchObject({ version: 1 });
  expect(body.learnedPatterns).toHaveLength(1_000);
  expect(body.learnedPatterns.every((each: { reinforcements: number }) => each.reinforcements === 0)).toBe(true);
});

test('a pattern that is in the request twice, and a new one without its text, are 400 and name the field', async () => {
  const { key, programId } = await server.createProgram();
  const whole = { id: 'p', domain: 'auth', pattern: 'Look twice' };
  const twice = await write(key, programId, { learnedPatterns: [whole, whole] }).expect(400);
  expect(twice.body.errors).toMatchObject([{ pointer: '#/learnedPatterns/1/id' }]);
  const bare = await write(key, programId, { learnedPatterns: [{ id: 'q', domain: 'auth' }] }).expect(400);
  expect(bare.body.errors).toMatchObject([{ pointer: '#/learnedPatterns/0/pattern' }]);
  expect((await read(key, programId)).body).toMatchObject({ version: 0 });
});
