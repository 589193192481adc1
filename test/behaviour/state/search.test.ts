import { expect, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 86_400_000;
const server = useTestServer({ stopClock: true });

type Client = TestServer['admin'];
type Query = Parameters<Client['patterns']['list']>[1];

const searchPatternIds = async (client: Client, programId: string, query: Query) =>
  (await client.patterns.list(programId, { limit: 50, ...query })).patterns.map(({ id }) => id).sort();

async function createProgramWithPatterns(texts: Readonly<Record<string, string>>) {
  const program = await server.createProgram();
  const learnedPatterns = Object.entries(texts).map(([id, pattern]) => ({ id, domain: 'general', pattern }));
  await program.client.state.update(program.programId, { learnedPatterns });
  return program;
}

test.each<[string, string[]]>([
  ['jwt', ['jwt', 'token']],
  ['JWT', ['jwt', 'token']],
  ['jw', ['jwt', 'token']],
  ['j', ['jwt', 'token']],
  ['wt', []],
  ['jwt expiry', ['jwt']],
  ['expiry, jwt!', ['jwt']],
  ['jwt nothing', []],
  ['the', ['stop', 'token']],
  ['th', ['stop', 'token']],
  ['to be', ['stop']],
  ['a', ['jwt', 'stop']],
  ['x', ['short']],
  ['42', ['short']],
  ['snake_case', ['snake']],
  ['snake', ['snake']],
  ['case', []],
  ['uber', ['accents']],
  ['ÜBER', ['accents']],
  ['naive', ['accents']],
  ['strasse', []],
  ['straße', ['accents']],
  ['日本', ['scripts']],
  ['ж', ['scripts']],
  ['𝟜𝟚', ['short']],
  ['fi', ['ligature']],
  ['"jwt', ['jwt', 'token']],
  ['+jwt -expiry', ['jwt']],
  ['jwt* OR', []],
  ["o'brien", ['quote']],
  ['general', ['accents', 'jwt', 'ligature', 'quote', 'scripts', 'short', 'snake', 'stop', 'token']],
  ['x'.repeat(150), ['long']],
  ['x'.repeat(151), []],
])('a search for %s finds what begins with each of its words', async (text, ids) => {
  const { programId, client } = await createProgramWithPatterns({
    jwt: 'Always validate JWT expiry before role check',
    token: 'Then-jwt.token goes there',
    stop: 'to be or not to be, that is the question of a',
    short: 'x = 42',
    snake: 'use snake_case here',
    accents: 'Über naïve Straße',
    scripts: '日本語 жизнь',
    ligature: 'ﬁle',
    quote: "O'Brien says so",
    ...(text.startsWith('xxx') && { long: 'x'.repeat(150) }),
  });
  expect(await searchPatternIds(client, programId, { text })).toEqual(ids);
});

test('words of the domain and the evidence are found too, and what was changed or removed no longer', async () => {
  const { programId, client } = await server.createProgram();
  const stored = { id: 'p-1', domain: 'billing', pattern: 'Round late', evidence: 'Invoice 17' };
  await client.state.update(programId, { learnedPatterns: [stored, { ...stored, id: 'p-2' }] });
  expect(await searchPatternIds(client, programId, { text: 'bill round invoice' })).toEqual(['p-1', 'p-2']);
  await client.state.update(programId, { learnedPatterns: [{ id: 'p-1', pattern: 'Never round', evidence: null }] });
  expect(await searchPatternIds(client, programId, { text: 'late' })).toEqual(['p-2']);
  expect(await searchPatternIds(client, programId, { text: 'never' })).toEqual(['p-1']);
  expect(await searchPatternIds(client, programId, { text: 'invoice' })).toEqual(['p-2']);
  await client.patterns.remove(programId, 'p-2');
  expect(await searchPatternIds(client, programId, { text: 'round' })).toEqual(['p-1']);
  await client.state.restore(programId, { version: 1 });
  expect(await searchPatternIds(client, programId, { text: 'invoice' })).toEqual(['p-1', 'p-2']);
});

test('a search finds nothing of another program or account', async () => {
  const mine = await createProgramWithPatterns({ 'p-1': 'the same words' });
  const theirs = await createProgramWithPatterns({ 'p-2': 'the same words' });
  expect(await searchPatternIds(mine.client, mine.programId, { text: 'same words' })).toEqual(['p-1']);
  expect(await searchPatternIds(theirs.client, theirs.programId, { text: 'same words' })).toEqual(['p-2']);
});

test('a search text without a letter or a digit is refused', async () => {
  const { programId, client } = await createProgramWithPatterns({});
  await expect(client.patterns.list(programId, { text: '*** "' })).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ in: 'query', pointer: '#/text' }] },
  });
});

test('the filters hold together, and active patterns alone are listed unless others are asked for', async () => {
  const { programId, client } = await server.createProgram();
  const learnedPatterns = [1, 2, 3, 4].map((number) => ({
    id: `p-${number}`,
    domain: number % 2 ? 'odd' : 'even',
    pattern: 'word',
    confidence: number / 4,
  }));
  await client.state.update(programId, { learnedPatterns });
  server.clock.advance(31 * DAY);
  await client.patterns.reinforce(programId, 'p-3');
  await client.patterns.promote(programId, 'p-4');
  await client.patterns.setStatus(programId, 'p-2', { status: 'superseded', supersededBy: 'p-4' });
  const list = (query: Query) => searchPatternIds(client, programId, query);
  expect(await list({})).toEqual(['p-1', 'p-3', 'p-4']);
  expect(await list({ status: 'all' })).toEqual(['p-1', 'p-2', 'p-3', 'p-4']);
  expect(await list({ status: 'superseded' })).toEqual(['p-2']);
  expect(await list({ domain: 'odd' })).toEqual(['p-1', 'p-3']);
  expect(await list({ domain: 'od' })).toEqual([]);
  expect(await list({ stale: true })).toEqual(['p-1']);
  expect(await list({ stale: true, status: 'all' })).toEqual(['p-1', 'p-2']);
  expect(await list({ stale: false })).toEqual(['p-3', 'p-4']);
  expect(await list({ promoted: true })).toEqual(['p-4']);
  expect(await list({ promoted: false, minConfidence: 0.75, text: 'wor' })).toEqual(['p-3']);
  expect((await client.patterns.list(programId, { status: 'superseded' })).patterns).toMatchObject([
    { id: 'p-2', stale: true, status: 'superseded', supersededBy: 'p-4' },
  ]);
});

test('the list has pages without gaps or duplicates, the most recently reinforced first, then by id', async () => {
  const { programId, client } = await server.createProgram();
  const named = (from: number) =>
    Array.from({ length: 30 }, (_, index) => ({ id: `p-${from + index}`, domain: 'd', pattern: 'word' }));
  await client.state.update(programId, { learnedPatterns: named(100) });
  server.clock.advance(1_000);
  await client.state.update(programId, { learnedPatterns: named(200) });
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await client.patterns.list(programId, { text: 'word', limit: 7, ...(cursor && { cursor }) });
    ids.push(...page.patterns.map(({ id }) => id));
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  expect(ids).toEqual([...named(200), ...named(100)].map(({ id }) => id));
  expect((await client.patterns.list(programId)).patterns).toHaveLength(10);
});

test('the search goes through a full-text index of the database', async () => {
  const sql = await connect(server.database);
  const rows =
    server.database.kind === 'mysql'
      ? await sql.query("SHOW INDEX FROM learned_patterns WHERE Index_type = 'FULLTEXT'")
      : await sql.query("SELECT name FROM sqlite_master WHERE sql LIKE '%fts5%'");
  await sql.close();
  expect(rows.length).toBeGreaterThan(0);
});

test('a vacuum of the database loses no word', async () => {
  const { programId, client } = await createProgramWithPatterns({ 'p-1': 'first', 'p-2': 'second', 'p-3': 'third' });
  await client.patterns.remove(programId, 'p-1');
  const sql = await connect(server.database);
  await sql.query(server.database.kind === 'mysql' ? 'OPTIMIZE TABLE learned_patterns' : 'VACUUM');
  await sql.close();
  expect(await searchPatternIds(client, programId, { text: 'second' })).toEqual(['p-2']);
  expect(await searchPatternIds(client, programId, { text: 'first' })).toEqual([]);
  await client.state.update(programId, { learnedPatterns: [{ id: 'p-3', pattern: 'fourth' }] });
  expect(await searchPatternIds(client, programId, { text: 'third' })).toEqual([]);
  expect(await searchPatternIds(client, programId, { text: 'fourth' })).toEqual(['p-3']);
});
