import { expect, test } from 'vitest';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 86_400_000;
const server = useTestServer({ stopClock: true });

const pattern = (id: string, confidence = 0.5) => ({ id, domain: 'auth', pattern: `What ${id} says`, confidence });

/** A program with the patterns p-1 and p-2, at version 1. */
async function learned() {
  const program = await server.createProgram();
  await program.client.state.update(program.programId, { learnedPatterns: [pattern('p-1'), pattern('p-2')] });
  return program;
}

const findPattern = async (client: TestServer['admin'], programId: string, patternId: string) =>
  (await client.state.read(programId)).learnedPatterns.find(({ id }) => id === patternId);

test('a reinforced pattern counts once more and is fresh again, and takes a new confidence when one is told', async () => {
  const { programId, client } = await learned();
  server.clock.advance(31 * DAY);
  expect(await findPattern(client, programId, 'p-1')).toMatchObject({ stale: true, reinforcements: 0 });
  const { version, pattern: made } = await client.patterns.reinforce(programId, 'p-1');
  expect(version).toBe(2);
  expect(made).toMatchObject({ id: 'p-1', confidence: 0.5, reinforcements: 1 });
  expect(Date.parse(made.lastReinforcedAt)).toBe(server.clock.now());
  await client.patterns.reinforce(programId, 'p-1', { confidence: 0.9 });
  expect(await findPattern(client, programId, 'p-1')).toMatchObject({
    stale: false,
    reinforcements: 2,
    confidence: 0.9,
  });
  expect(await findPattern(client, programId, 'p-2')).toMatchObject({ stale: true, reinforcements: 0 });
});

test('a reinforcement without a body is one too', async () => {
  const { programId, key } = await learned();
  const url = `${server.url}/v1/programs/${programId}/patterns/p-1/reinforce`;
  const answer = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('etag')).toBe('"2"');
  expect(await answer.json()).toMatchObject({ programId, version: 2, pattern: { reinforcements: 1 } });
});

test('a promoted pattern is never stale until it is demoted', async () => {
  const { programId, client } = await learned();
  await client.patterns.promote(programId, 'p-1');
  server.clock.advance(40 * DAY);
  expect(await findPattern(client, programId, 'p-1')).toMatchObject({ promoted: true, stale: false });
  await client.patterns.promote(programId, 'p-1', { promoted: false });
  expect(await findPattern(client, programId, 'p-1')).toMatchObject({ promoted: false, stale: true });
});

test('a superseded or refuted pattern stays and is shown as such, and can be made active again', async () => {
  const { programId, client } = await learned();
  await client.patterns.setStatus(programId, 'p-1', { status: 'superseded', supersededBy: 'p-2' });
  expect(await findPattern(client, programId, 'p-1')).toMatchObject({ status: 'superseded', supersededBy: 'p-2' });
  await client.patterns.setStatus(programId, 'p-1', { status: 'refuted' });
  expect(await findPattern(client, programId, 'p-1')).toMatchObject({ status: 'refuted', supersededBy: null });
  await client.patterns.setStatus(programId, 'p-1', { status: 'active' });
  expect(await findPattern(client, programId, 'p-1')).toMatchObject({ status: 'active', supersededBy: null });
});

test.each([
  ['no successor', { status: 'superseded' }],
  ['itself as its successor', { status: 'superseded', supersededBy: 'p-1' }],
  ['a successor that is not known', { status: 'superseded', supersededBy: 'p-9' }],
  ['a successor of a refuted one', { status: 'refuted', supersededBy: 'p-2' }],
] as const)('a status with %s is refused', async (_which, status) => {
  const { programId, client } = await learned();
  await expect(client.patterns.setStatus(programId, 'p-1', status)).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ pointer: '#/supersededBy' }] },
  });
  expect(await client.state.read(programId)).toMatchObject({ version: 1 });
});

test('a removed pattern is gone and leaves room for another', async () => {
  const { programId, client } = await server.createProgram();
  const many = Array.from({ length: 1_000 }, (_, index) => pattern(`p-${index}`));
  await client.state.update(programId, { learnedPatterns: many });
  const oneMore = { learnedPatterns: [pattern('one-more')] };
  await expect(client.state.update(programId, oneMore)).rejects.toMatchObject({ status: 409 });
  await client.patterns.remove(programId, 'p-7');
  expect(await findPattern(client, programId, 'p-7')).toBeUndefined();
  expect(await client.state.update(programId, oneMore)).toMatchObject({ version: 3, patternsStored: 1_000 });
});

test('an unknown pattern is 404 and nothing is written', async () => {
  const { programId, client } = await learned();
  const missing = { status: 404, kind: 'pattern-not-found' };
  await expect(client.patterns.reinforce(programId, 'p-9')).rejects.toMatchObject(missing);
  await expect(client.patterns.promote(programId, 'p-9')).rejects.toMatchObject(missing);
  await expect(client.patterns.setStatus(programId, 'p-9', { status: 'active' })).rejects.toMatchObject(missing);
  await expect(client.patterns.remove(programId, 'p-9')).rejects.toMatchObject(missing);
  expect(await client.state.read(programId)).toMatchObject({ version: 1 });
});

test('with another version than the stored one nothing is written, and the stored one is named', async () => {
  const { programId, client } = await learned();
  await client.patterns.promote(programId, 'p-1', {}, { version: 1 });
  const old = { version: 1 };
  const mismatch = { status: 412, problem: { currentVersion: 2 } };
  const { export: exported } = client.state;
  const document = await exported(programId);
  await expect(client.patterns.reinforce(programId, 'p-1', {}, old)).rejects.toMatchObject(mismatch);
  await expect(client.patterns.promote(programId, 'p-2', {}, old)).rejects.toMatchObject(mismatch);
  await expect(client.patterns.setStatus(programId, 'p-1', { status: 'refuted' }, old)).rejects.toMatchObject(mismatch);
  await expect(client.patterns.remove(programId, 'p-1', old)).rejects.toMatchObject(mismatch);
  await expect(client.state.restore(programId, { version: 1 }, old)).rejects.toMatchObject(mismatch);
  await expect(client.state.import(programId, { document }, old)).rejects.toMatchObject(mismatch);
  expect(await exported(programId)).toEqual(document);
  expect(await client.state.read(programId)).toMatchObject({ version: 2 });
});
