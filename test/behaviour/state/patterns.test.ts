import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const pattern = (id: string, more: object = {}) => ({ id, domain: 'auth', pattern: `Pattern ${id}`, ...more });

test('a new pattern is added, a known one updated and counted as reinforced, the others stay', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, {
    learnedPatterns: [pattern('p-1', { confidence: 0.9, evidence: 'Seen' }), pattern('p-2')],
  });
  const before = (await client.state.read(programId)).learnedPatterns;
  server.clock.advance(60_000);
  await client.state.update(programId, { learnedPatterns: [{ id: 'p-1', confidence: 0.95 }, pattern('p-3')] });
  const after = (await client.state.read(programId)).learnedPatterns;
  expect(after).toMatchObject([
    { id: 'p-1', domain: 'auth', pattern: 'Pattern p-1', confidence: 0.95, evidence: 'Seen', reinforcements: 1 },
    { id: 'p-2', reinforcements: 0 },
    { id: 'p-3', reinforcements: 0, confidence: 0.5, evidence: null, status: 'active', promoted: false, stale: false },
  ]);
  expect(after[0]?.discoveredAt).toBe(before[0]?.discoveredAt);
  expect(String(after[0]?.lastReinforcedAt) > String(before[0]?.lastReinforcedAt)).toBe(true);
  expect(after[1]).toEqual(before[1]);
});

test('null removes the evidence, and omitting it keeps it', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { learnedPatterns: [pattern('p-1', { evidence: 'Seen' })] });
  await client.state.update(programId, { learnedPatterns: [{ id: 'p-1', pattern: 'Other' }] });
  expect((await client.state.read(programId)).learnedPatterns).toMatchObject([{ pattern: 'Other', evidence: 'Seen' }]);
  await client.state.update(programId, { learnedPatterns: [{ id: 'p-1', evidence: null }] });
  expect((await client.state.read(programId)).learnedPatterns).toMatchObject([{ pattern: 'Other', evidence: null }]);
});

test('an empty list of patterns removes none', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { learnedPatterns: [pattern('p-1')] });
  await client.state.update(programId, { learnedPatterns: [] });
  expect((await client.state.read(programId)).learnedPatterns).toHaveLength(1);
});

test('a duplicate id in one request is refused, and nothing is written', async () => {
  const { programId, client } = await server.createProgram();
  const twice = [pattern('p-1'), pattern('p-2'), pattern('p-1')];
  await expect(client.state.update(programId, { learnedPatterns: twice })).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ in: 'body', pointer: '#/learnedPatterns/2/id' }] },
  });
  expect(await client.state.read(programId)).toMatchObject({ exists: false, learnedPatterns: [] });
});

test('the case of an id matters', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { learnedPatterns: [pattern('p-a'), pattern('P-A')] });
  const ids = (await client.state.read(programId)).learnedPatterns.map((each) => each.id);
  expect(ids.sort()).toEqual(['P-A', 'p-a']);
});

test.each(['domain', 'pattern'])('a new pattern without its %s is refused, and nothing is written', async (field) => {
  const { programId, client } = await server.createProgram();
  const learnedPatterns = [pattern('p-1'), { ...pattern('p-2'), [field]: undefined }];
  const write = client.state.update(programId, { contextSummary: { lastTask: 'A' }, learnedPatterns });
  await expect(write).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ in: 'body', pointer: `#/learnedPatterns/1/${field}` }] },
  });
  expect(await client.state.read(programId)).toMatchObject({ exists: false, learnedPatterns: [] });
});

test('a program keeps 1,000 patterns; one more is refused, and known ones can still be reinforced', async () => {
  const { programId, client } = await server.createProgram();
  for (const half of [0, 1]) {
    const learnedPatterns = Array.from({ length: 500 }, (_, index) => pattern(`p-${half}-${index}`));
    await client.state.update(programId, { learnedPatterns });
  }
  expect((await client.state.read(programId)).learnedPatterns).toHaveLength(1_000);
  const learnedPatterns = [{ id: 'p-0-0', confidence: 1 }, pattern('one-more')];
  await expect(client.state.update(programId, { learnedPatterns })).rejects.toMatchObject({
    status: 409,
    kind: 'state-full',
    problem: { limit: 1_000 },
  });
  expect((await client.state.read(programId)).version).toBe(2);
  const again = await client.state.update(programId, { learnedPatterns: [{ id: 'p-0-0', confidence: 1 }] });
  expect(again).toMatchObject({ patternsAdded: 0, patternsReinforced: 1, patternsStored: 1_000, version: 3 });
});

test('the patterns of one program are never those of another', async () => {
  const [mine, other] = [await server.createProgram(), await server.createProgram()];
  await mine.client.state.update(mine.programId, { learnedPatterns: [pattern('p-1', { confidence: 1 })] });
  await other.client.state.update(other.programId, { learnedPatterns: [pattern('p-1', { confidence: 0 })] });
  expect((await mine.client.state.read(mine.programId)).learnedPatterns).toMatchObject([
    { confidence: 1, reinforcements: 0 },
  ]);
});
