/** The fleet's history: what programs did, as a job sees it once a minute, and what is read of it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { readConfig } from '../../../server/config.ts';
import { HistoryRecorder } from '../../../server/domains/fleet/history-recorder.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { schema } from '../../../server/schema/index.ts';
import { createHttpAgent } from '../../support/http-agent.ts';
import { connect } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const server = useTestServer({ jobs: false, stopClock: true });
let store: Store;
beforeAll(async () => {
  store = await openStore(server.database.url, schema);
});
afterAll(() => store.close());

/** Since when the service could hear, for the recorders. */
let upSince = 0;
const clock = { elapsed: () => server.clock.elapsed(), now: () => server.clock.now(), upSince: () => upSince };
const createRecorder = () => new HistoryRecorder(store, clock, readConfig({ DATABASE_URL: server.database.url }));
let recorder: HistoryRecorder;
const record = (by = recorder) => by.run(async () => true);

let client: Fleetbeat;
let admin: Fleetbeat;
let adminKey: string;
let programId: string;
const http = (key: string) => createHttpAgent(server.url, key);
beforeEach(async () => {
  upSince = server.clock.now() - 5 * DAY;
  // Every test begins with a quarter of an hour, in quarters that no other has seen.
  await toNextQuarter(96);
  recorder = createRecorder();
  const account = await server.createAccount('team');
  ({ client: admin, key: adminKey } = account);
  programId = 'builder';
  client = server.client((await admin.keys.create({ programId })).key);
});

async function toNextQuarter(quarters = 1): Promise<void> {
  const quarter = 15 * MINUTE;
  server.clock.advance(quarter * quarters - (server.clock.now() % quarter));
}

/** Its last periods. */
async function read(count: number, query: Parameters<Fleetbeat['fleet']['history']>[0] = {}): Promise<string> {
  const { programs } = await admin.fleet.history({ programId, ...query });
  return programs[0]?.periods.slice(-count) ?? '';
}

test('a run is seen at work, asking, idle, silent and gone, quarter by quarter', async () => {
  await record();
  await toNextQuarter();
  const { sessionId } = await client.sessions.create({ name: 'A run' });
  await record();
  await toNextQuarter();
  await client.sessions.update(sessionId, { state: 'blocked', status: 'May I?', lastHeartbeat: true });
  await record();
  await toNextQuarter();
  await client.sessions.update(sessionId, { state: 'working', status: 'Done', idle: true });
  server.clock.advance(MINUTE);
  await record();
  await toNextQuarter();
  await record();
  await toNextQuarter();
  await client.sessions.update(sessionId, { status: 'Again', lastHeartbeat: true });
  await record();
  await toNextQuarter();
  server.clock.advance(MINUTE);
  await record();
  await toNextQuarter();
  await client.sessions.update(sessionId, { state: 'complete', status: 'Done' });
  await record();
  await toNextQuarter();
  await record();
  expect(await read(10)).toBe('?-wawiwsw-');
});

test('a run that begins and ends between two looks is seen', async () => {
  await record();
  await client.sessions.create({ name: 'Short', state: 'complete' });
  server.clock.advance(MINUTE);
  await record();
  expect(await read(1)).toBe('w');
});

test('an outage of the service is nobody’s silence', async () => {
  await client.sessions.create({ name: 'A run' });
  await record();
  await toNextQuarter(4);
  upSince = server.clock.now();
  await record();
  server.clock.advance(14 * MINUTE);
  await record();
  await toNextQuarter();
  server.clock.advance(2 * MINUTE);
  await record();
  // At work; three quarters without a server; one in which it could hear for less than the stale period; silence.
  expect(await read(6)).toBe('w????s');
});

test('two servers that record at once see what one sees', async () => {
  const { sessionId } = await client.sessions.create({ name: 'A run' });
  const others = [createRecorder(), createRecorder(), recorder];
  await Promise.all(others.map((each) => record(each)));
  await client.sessions.update(sessionId, { state: 'blocked', status: 'May I?' });
  await client.sessions.create({ name: 'Another', state: 'complete' });
  await Promise.all(others.map((each) => record(each)));
  await toNextQuarter();
  await Promise.all(others.map((each) => record(each)));
  const sql = await connect(server.database);
  const rows = await sql.query<{ quarters: string }>(
    'SELECT quarters FROM program_activity WHERE programId = ? AND accountId = ? ORDER BY day',
    [programId, (await admin.me()).accountId],
  );
  await sql.close();
  const digits = rows.map(({ quarters }) => quarters.replaceAll('0', '')).join('');
  expect(digits).toBe('31');
  expect(await read(2)).toBe('aa');
});

test('it stops when it has lost its lease, and the next record goes on', async () => {
  const ids = Array.from({ length: 501 }, (_each, index) => `agent-${index}`);
  const sql = await connect(server.database);
  const { accountId } = await admin.me();
  const now = server.clock.now();
  const values = (row: (id: string) => string) => ids.map((id) => `(${row(id)})`).join(', ');
  await sql.query(
    `INSERT INTO programs (accountId, programId, createdAt) VALUES ${values((id) => `'${accountId}', '${id}', ${now}`)}`,
  );
  await sql.query(
    `INSERT INTO sessions (accountId, sessionId, programId, name, state, handoffRequired, createdAt, updatedAt, lastHeartbeat, lastProgressAt, archived, changes)
     VALUES ${values((id) => `'${accountId}', 'run-${id}', '${id}', 'run', 'working', 0, ${now}, ${now}, ${now}, ${now}, 0, 1`)}`,
  );
  await sql.close();
  const countWorked = async () => {
    let worked = 0;
    for await (const each of admin.fleet.allHistory({ limit: 200 })) if (each.periods.endsWith('w')) worked += 1;
    return worked;
  };
  await recorder.run(async () => false);
  // Its first page only, which other accounts may share.
  expect(await countWorked()).toBeLessThan(501);
  await record();
  expect(await countWorked()).toBe(501);
});

test('a week and a month are read in longer periods', async () => {
  await client.sessions.create({ name: 'A run', state: 'complete' });
  await record();
  await toNextQuarter(3 * 96);
  expect(await read(96)).toBe('?'.repeat(96));
  for (const [range, periodMinutes, length] of [
    ['7d', 120, 84],
    ['30d', 480, 90],
  ] as const) {
    const page = await admin.fleet.history({ range, programId });
    expect(page).toMatchObject({ periodMinutes, nextCursor: null });
    const [found] = page.programs;
    expect(found?.periods).toHaveLength(length);
    expect(found?.periods.replaceAll(/[^w]/g, '')).toBe('w');
    const worked = Date.parse(page.from) + (found?.periods.indexOf('w') ?? 0) * periodMinutes * MINUTE;
    const ago = server.clock.now() - worked;
    expect(ago).toBeGreaterThan(3 * DAY - 15 * MINUTE);
    expect(ago).toBeLessThan(3 * DAY + periodMinutes * MINUTE);
  }
});

test('questions are counted, with the median of the times until they were answered', async () => {
  const { sessionId } = await client.sessions.create({ name: 'A run' });
  const figures = async () => {
    const [found] = (await admin.fleet.history({ programId })).programs;
    return [found?.questionsAsked, found?.medianAnswerSeconds];
  };
  expect(await figures()).toEqual([0, null]);
  await client.questions.ask({ title: 'Unanswered', sessionId });
  expect(await figures()).toEqual([1, null]);
  const medians = [];
  for (const seconds of [10, 600, 40]) {
    const { questionId } = await client.questions.ask({ title: 'May I?', sessionId });
    server.clock.advance(seconds * 1_000);
    await admin.questions.answer(questionId, { text: 'Yes' });
    medians.push((await figures())[1]);
  }
  expect(medians).toEqual([10, 305, 40]);
  expect((await figures())[0]).toBe(4);
  server.clock.advance(DAY);
  expect(await figures()).toEqual([0, null]);
});

test('the history comes in pages of programs, each of its own account', async () => {
  for (const id of ['c', 'a', 'b']) await admin.keys.create({ programId: id });
  const first = await admin.fleet.history({ limit: 2 });
  expect(first.programs.map((each) => each.programId)).toEqual(['a', 'b']);
  const second = await admin.fleet.history({ limit: 2, cursor: first.nextCursor ?? '' });
  expect(second.programs.map((each) => each.programId)).toEqual(['builder', 'c']);
  expect(second.nextCursor).toBeNull();
  const other = (await server.createAccount('team')).client;
  expect((await other.fleet.history({ programId: 'builder' })).programs).toEqual([]);
});

test('admins read it; programs and auditors are refused', async () => {
  await http(adminKey).get('/v1/fleet/history?range=7d').expect(200);
  await http(adminKey).get('/v1/fleet/history?range=90d').expect(400);
  const auditor = (await admin.keys.create({ role: 'auditor' })).key;
  await http(auditor).get('/v1/fleet/history').expect(403);
  await http((await admin.keys.create({ programId })).key)
    .get('/v1/fleet/history')
    .expect(403);
});
