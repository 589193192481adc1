import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let other: TestServer;
const server = useTestServer();
beforeAll(async () => {
  other = await startTestServer();
  for (const each of [server, other]) each.clock.stop();
});
afterAll(async () => {
  await other.close();
});

type Document = Awaited<ReturnType<TestServer['admin']['state']['export']>>;

/** The program `builder` on another, empty server. */
async function emptyServer() {
  const { client: admin } = await other.createAccount('unlimited');
  const { key } = await admin.keys.create({ programId: 'builder' });
  return { admin, builder: other.client(key), key };
}

async function builder() {
  const { client: admin } = await server.createAccount('unlimited');
  const { key } = await admin.keys.create({ programId: 'builder' });
  return { client: server.client(key), key };
}

/** The bytes of the export. */
const bytes = async (url: string, key: string): Promise<string> => {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${url}/v1/programs/builder/state/export`, { headers })).text();
};

/** A state with something of everything in it. */
async function createFullState() {
  const { client, key } = await builder();
  await client.state.update('builder', {
    sessionId: 'builder-session-1',
    contextSummary: { lastTask: 'Über 💚', handoffNotes: 'a\nb\t"c"', openQuestions: ['?', ''] },
    config: {
      customSettings: { z: 1, a: { 10: 'x', 9: [null, { b: 1, a: 2 }], deep: { y: 0.1, x: 1e-7 } }, ['__proto__']: 1 },
    },
    baselines: { avgTaskDurationMinutes: 12.34567890123 },
    decay: { learnedPatternMaxAge: 12 },
  });
  server.clock.advance(1_001);
  const text = { domain: 'auth', pattern: 'Prüfe 💚' };
  await client.state.update('builder', {
    learnedPatterns: ['p-10', 'p-9', 'P-1', 'a'].map((id, index) => ({ id, ...text, confidence: 0.1 + index / 7 })),
  });
  server.clock.advance(2_003);
  await client.patterns.reinforce('builder', 'p-9', { confidence: 1 / 3 });
  await client.patterns.promote('builder', 'P-1');
  await client.patterns.setStatus('builder', 'a', { status: 'superseded', supersededBy: 'p-9' });
  await client.patterns.setStatus('builder', 'p-10', { status: 'refuted' });
  await client.state.update('builder', { contextSummary: { openQuestions: null } });
  return { client, key };
}

test.each(['merge', 'skip', 'overwrite'] as const)(
  'exported, imported on an empty server by %s and exported again, a state is the same to the byte',
  async (mode) => {
    const { client, key } = await createFullState();
    const text = await bytes(server.url, key);
    const { builder: there, key: theirKey } = await emptyServer();
    await there.state.import('builder', { document: JSON.parse(text), mode });
    expect(await bytes(other.url, theirKey)).toBe(text);
    const mine = await client.state.read('builder');
    const theirs = await there.state.read('builder');
    expect({ ...theirs, version: mine.version }).toEqual(mine);
  },
);

test('a state that was never written goes through a document too', async () => {
  const { key } = await builder();
  const text = await bytes(server.url, key);
  const { builder: there, key: theirKey } = await emptyServer();
  await there.state.import('builder', { document: JSON.parse(text) });
  expect(await bytes(other.url, theirKey)).toBe(text);
});

test('a full memory of a thousand patterns goes through a document, though it is more than 256 kB', async () => {
  const { client, key } = await builder();
  for (let part = 0; part < 10; part += 1) {
    const learnedPatterns = Array.from({ length: 100 }, (_, index) => ({
      id: `p-${part}-${index}`,
      domain: 'auth',
      pattern: `${index} ${'x'.repeat(1_900)}`,
    }));
    await client.state.update('builder', { learnedPatterns });
  }
  const text = await bytes(server.url, key);
  expect(text.length).toBeGreaterThan(2_000_000);
  const { builder: there, key: theirKey } = await emptyServer();
  expect(await there.state.import('builder', { document: JSON.parse(text) })).toMatchObject({ patternsStored: 1_000 });
  expect(await bytes(other.url, theirKey)).toBe(text);
});

test('the deepest settings that can be written can be imported', async () => {
  const { client, key } = await builder();
  let deep: unknown = 1;
  for (let level = 0; level < 28; level += 1) deep = { d: deep };
  await client.state.update('builder', { config: { customSettings: { deep } } });
  const { builder: there } = await emptyServer();
  await there.state.import('builder', { document: JSON.parse(await bytes(server.url, key)) });
  expect((await there.state.read('builder')).config.customSettings).toEqual({ deep });
});

const empty: Document = {
  format: 'fleetbeat-state',
  formatVersion: 1,
  programId: 'builder',
  sessionId: null,
  contextSummary: {},
  contextSummaryAt: null,
  config: {},
  baselines: {},
  decay: {},
  updatedAt: null,
  learnedPatterns: [],
};
const stored = (id: string, pattern: string): Document['learnedPatterns'][number] => ({
  id,
  domain: 'auth',
  pattern,
  confidence: 0.5,
  evidence: null,
  status: 'active',
  supersededBy: null,
  promoted: true,
  reinforcements: 3,
  discoveredAt: '2026-01-01T00:00:00.000Z',
  lastReinforcedAt: '2026-01-02T00:00:00.000Z',
});
const incoming: Document = {
  ...empty,
  contextSummary: { lastTask: 'theirs', handoffNotes: 'theirs' },
  contextSummaryAt: '2026-01-01T00:00:00.000Z',
  learnedPatterns: [stored('both', 'theirs'), stored('theirs', 'theirs')],
};

test.each([
  ['merge', { lastTask: 'theirs', handoffNotes: 'theirs', openQuestions: ['mine'] }, ['theirs', 'mine', 'theirs']],
  ['skip', { lastTask: 'mine', handoffNotes: 'theirs', openQuestions: ['mine'] }, ['mine', 'mine', 'theirs']],
  ['overwrite', { lastTask: 'theirs', handoffNotes: 'theirs', openQuestions: [] }, ['theirs', undefined, 'theirs']],
] as const)('into a state that is there, %s does what it says, as one new version', async (mode, summary, texts) => {
  const { client } = await builder();
  await client.state.update('builder', {
    contextSummary: { lastTask: 'mine', openQuestions: ['mine'] },
    learnedPatterns: ['both', 'mine'].map((id) => ({ id, domain: 'auth', pattern: 'mine' })),
  });
  const before = await client.state.read('builder');
  expect(await client.state.import('builder', { document: incoming, mode })).toMatchObject({ version: 2 });
  const { contextSummary, learnedPatterns } = await client.state.read('builder');
  expect(contextSummary).toMatchObject(summary);
  expect(['both', 'mine', 'theirs'].map((id) => learnedPatterns.find((each) => each.id === id)?.pattern)).toEqual(
    texts,
  );
  expect(learnedPatterns.find(({ id }) => id === 'theirs')).toMatchObject({ promoted: true, reinforcements: 3 });
  await client.state.restore('builder', { version: 1 });
  const { version: _version, updatedAt: _updatedAt, ...back } = await client.state.read('builder');
  expect(before).toMatchObject(back);
});

test.each<[string, object, number, string | null]>([
  ['of another format', { ...empty, format: 'other' }, 400, '#/document/format'],
  ['of a later form', { ...empty, formatVersion: 2 }, 400, '#/document/formatVersion'],
  ['with an unknown field', { ...empty, more: 1 }, 400, '#/document/more'],
  [
    'with one pattern twice',
    { ...empty, learnedPatterns: [stored('a', '1'), stored('a', '2')] },
    400,
    '#/document/learnedPatterns/1/id',
  ],
  ['with a day that no calendar has', { ...empty, updatedAt: '2026-02-30T00:00:00Z' }, 400, '#/document/updatedAt'],
  [
    'with a superseded pattern without successor',
    { ...empty, learnedPatterns: [{ ...stored('a', '1'), status: 'superseded' }] },
    400,
    '#/document/learnedPatterns/0/supersededBy',
  ],
  [
    'with 1,001 patterns',
    { ...empty, learnedPatterns: Array.from({ length: 1_001 }, (_, index) => stored(`p-${index}`, 'x')) },
    400,
    '#/document/learnedPatterns',
  ],
  ['with a section that is too large', { ...empty, config: { customSettings: { a: 'x'.repeat(262_144) } } }, 409, null],
])('a document %s is refused, and nothing is written', async (_which, document, status, pointer) => {
  const { client } = await builder();
  const refused = client.state.import('builder', { document: document as never });
  await expect(refused).rejects.toMatchObject({ status, ...(pointer && { problem: { errors: [{ pointer }] } }) });
  expect(await client.state.read('builder')).toMatchObject({ exists: false });
});

test('a merge that would make more than 1,000 patterns is refused, and nothing is written', async () => {
  const { client } = await builder();
  await client.state.update('builder', { learnedPatterns: [{ id: 'mine', domain: 'd', pattern: 'p' }] });
  const learnedPatterns = Array.from({ length: 1_000 }, (_, index) => stored(`p-${index}`, 'x'));
  await expect(client.state.import('builder', { document: { ...empty, learnedPatterns } })).rejects.toMatchObject({
    status: 409,
    kind: 'state-full',
  });
  expect(await client.state.read('builder')).toMatchObject({ version: 1, learnedPatterns: [{ id: 'mine' }] });
});

const readDetail = async (answer: Response) => ((await answer.json()) as { detail: string }).detail;

test('a document of more than 4 MB is refused, and anything else of more than 256 kB as ever', async () => {
  const { key } = await builder();
  const send = (path: string, method: string, size: number) =>
    fetch(`${server.url}/v1/programs/builder/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ document: 'x'.repeat(size) }),
    });
  const large = await send('state/import', 'POST', 4 * 1024 * 1024);
  expect([large.status, await readDetail(large)]).toEqual([413, 'A body may have at most 4 MB here.']);
  expect((await send('state/import', 'POST', 3 * 1024 * 1024)).status).toBe(400);
  const small = await send('state/restore', 'POST', 256 * 1024);
  expect([small.status, await readDetail(small)]).toEqual([413, 'A body may have at most 256 kB here.']);
});

test.each([
  [
    'a pattern was learned',
    { learnedPatterns: [{ ...stored('a', '1'), discoveredAt: '2999-01-01T00:00:00Z' }] },
    '#/document/learnedPatterns/0/discoveredAt',
  ],
  [
    'a pattern was reinforced',
    { learnedPatterns: [{ ...stored('a', '1'), lastReinforcedAt: '2999-01-01T00:00:00Z' }] },
    '#/document/learnedPatterns/0/lastReinforcedAt',
  ],
  ['the summary was written', { contextSummaryAt: '2999-01-01T00:00:00Z' }, '#/document/contextSummaryAt'],
  ['the state was written', { updatedAt: '2999-01-01T00:00:00Z' }, '#/document/updatedAt'],
])('a document in which %s in the future is refused, and nothing is written', async (_what, part, pointer) => {
  const { client } = await builder();
  const refused = client.state.import('builder', { document: { ...empty, ...part } as never });
  await expect(refused).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer }] } });
  expect(await client.state.read('builder')).toMatchObject({ exists: false });
});

test('a document whose writer was a moment ahead is taken', async () => {
  const { client } = await builder();
  const discoveredAt = new Date(server.clock.now() + 20_000).toISOString();
  const learnedPatterns = [{ ...stored('a', '1'), discoveredAt, lastReinforcedAt: discoveredAt }];
  await client.state.import('builder', { document: { ...empty, learnedPatterns } as never });
  expect((await client.state.read('builder')).learnedPatterns).toMatchObject([{ discoveredAt }]);
});
