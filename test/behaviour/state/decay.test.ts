import { expect, test } from 'vitest';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 86_400_000;
const server = useTestServer({ stopClock: true });

const pattern = (id: string, confidence = 0.5) => ({ id, domain: 'auth', pattern: 'P', confidence });
const staleIds = async (client: TestServer['admin'], programId: string) =>
  (await client.state.read(programId)).learnedPatterns.filter(({ stale }) => stale).map(({ id }) => id);

test('a context summary reads expired after 7 days, and is still there', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { contextSummary: { lastTask: 'Old' } });
  server.clock.advance(7 * DAY);
  expect(await client.state.read(programId)).toMatchObject({ contextSummaryExpired: false });
  server.clock.advance(1);
  expect(await client.state.read(programId)).toMatchObject({
    contextSummaryExpired: true,
    contextSummary: { lastTask: 'Old' },
  });
});

test('only a write of the summary makes it fresh again', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { contextSummary: { lastTask: 'Old' } });
  server.clock.advance(7 * DAY + 1);
  expect(await client.state.update(programId, { config: {} })).toMatchObject({ contextSummaryExpired: true });
  const fresh = await client.state.update(programId, { contextSummary: { handoffNotes: 'New' } });
  expect(fresh).toMatchObject({
    contextSummaryExpired: false,
    contextSummary: { lastTask: 'Old', handoffNotes: 'New' },
  });
});

test('a state without a summary never reads expired', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { config: {} });
  server.clock.advance(30 * DAY);
  expect(await client.state.read(programId)).toMatchObject({ contextSummaryExpired: false });
});

test('a pattern reads stale after 30 days without reinforcement, and is still there', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { learnedPatterns: [pattern('old'), pattern('again')] });
  server.clock.advance(30 * DAY);
  expect(await staleIds(client, programId)).toEqual([]);
  await client.state.update(programId, { learnedPatterns: [{ id: 'again' }] });
  server.clock.advance(1);
  expect(await staleIds(client, programId)).toEqual(['old']);
  expect((await client.state.read(programId)).learnedPatterns).toHaveLength(2);
  await client.state.update(programId, { learnedPatterns: [{ id: 'old' }] });
  expect(await staleIds(client, programId)).toEqual([]);
});

test('beyond 50 unpromoted patterns the weakest read stale, then the longest unreinforced', async () => {
  const { programId, client } = await server.createProgram();
  const strong = Array.from({ length: 48 }, (_, index) => pattern(`strong-${index}`, 0.9));
  await client.state.update(programId, { learnedPatterns: [...strong, pattern('early', 0.5)] });
  server.clock.advance(1);
  await client.state.update(programId, { learnedPatterns: [pattern('late', 0.5)] });
  expect(await staleIds(client, programId)).toEqual([]);
  await client.state.update(programId, { learnedPatterns: [pattern('weak', 0.1)] });
  expect(await staleIds(client, programId)).toEqual(['weak']);
  await client.state.update(programId, { learnedPatterns: [{ id: 'weak', confidence: 1 }] });
  expect(await staleIds(client, programId)).toEqual(['early']);
});

test('a program configures how fast its memories age', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, {
    decay: { contextSummaryTTLDays: 1, learnedPatternMaxAge: 2, maxUnpromotedPatterns: 5 },
    contextSummary: { lastTask: 'A' },
    learnedPatterns: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((confidence) => pattern(`p-${confidence}`, confidence)),
  });
  expect(await staleIds(client, programId)).toEqual(['p-0.1']);
  server.clock.advance(DAY + 1);
  expect(await client.state.read(programId)).toMatchObject({ contextSummaryExpired: true });
  server.clock.advance(DAY);
  expect(await staleIds(client, programId)).toHaveLength(6);
  await client.state.update(programId, { decay: { learnedPatternMaxAge: null, maxUnpromotedPatterns: 200 } });
  expect(await staleIds(client, programId)).toEqual([]);
});

test.each([
  ['contextSummaryTTLDays', 1, 90],
  ['learnedPatternMaxAge', 1, 365],
  ['maxUnpromotedPatterns', 5, 200],
])('%s goes from %i to %i', async (field, min, max) => {
  const { programId, client } = await server.createProgram();
  for (const value of [min, max]) {
    const { decay } = await client.state.update(programId, { decay: { [field]: value } });
    expect(decay).toMatchObject({ [field]: value });
  }
  for (const value of [min - 1, max + 1, min + 0.5, String(min)]) {
    await expect(client.state.update(programId, { decay: { [field]: value } })).rejects.toMatchObject({
      status: 400,
      problem: { errors: [{ pointer: `#/decay/${field}` }] },
    });
  }
});
