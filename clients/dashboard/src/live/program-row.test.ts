import { expect, test } from 'vitest';
import { at, buildSession } from '../testing/session-fixtures.ts';
import { matchesFilter, matchesSearch, type ProgramFacts, selectRows, toProgramRow } from './program-row.ts';

const facts = (own: Partial<ProgramFacts> = {}): ProgramFacts => ({
  programId: 'builder',
  displayName: 'Builder',
  paused: false,
  lastHeartbeat: null,
  state: null,
  health: 'offline',
  pendingTasks: 0,
  pendingMessages: 0,
  ...own,
});
const all = { text: '', show: 'all', sort: 'attention' } as const;
const ids = (rows: readonly { programId: string }[]) => rows.map(({ programId }) => programId);

test('a row shows the most recently updated live session, and the latest heartbeat of all sessions', () => {
  const row = toProgramRow(facts({ lastHeartbeat: at('09:00') }), [
    buildSession({ sessionId: 'old', updatedAt: at('10:00'), lastHeartbeat: at('10:10') }),
    buildSession({ sessionId: 'new', updatedAt: at('10:05'), contextBytes: 90, contextLimitBytes: 100 }),
    buildSession({ sessionId: 'over', updatedAt: at('10:09'), state: 'complete' }),
  ]);
  expect(row).toMatchObject({ live: 2, health: 'healthy', contextPercent: 90, heartbeatAt: Date.parse(at('10:10')) });
  expect(row.session?.sessionId).toBe('new');
});

test("a program is stale when all its live sessions are silent; without any, the server's answer counts", () => {
  expect(toProgramRow(facts(), [buildSession({ stale: true })]).health).toBe('stale');
  expect(toProgramRow(facts(), [buildSession({ stale: true }), buildSession({ sessionId: 'b' })]).health).toBe(
    'healthy',
  );
  expect(toProgramRow(facts({ health: 'healthy' }), []).health).toBe('healthy');
  expect(toProgramRow(facts(), []).health).toBe('offline');
});

test('a program shows the most urgent need of all its sessions', () => {
  const sessions = [
    buildSession({ sessionId: 'a', updatedAt: at('10:30') }),
    buildSession({ sessionId: 'b', state: 'blocked' }),
  ];
  expect(toProgramRow(facts(), sessions).needs).toEqual(['blocked']);
});

const rows = [
  toProgramRow(facts({ programId: 'zed' }), [buildSession()]),
  toProgramRow(facts({ programId: 'off' }), []),
  toProgramRow(facts({ programId: 'asks' }), [
    buildSession({ state: 'blocked', progress: 90, status: 'Drop the column?' }),
  ]),
  toProgramRow(facts({ programId: 'anna' }), [buildSession({ progress: 10 })]),
];

test('rows that need a person come first, then by name, offline programs last', () => {
  expect(ids(selectRows(rows, all))).toEqual(['asks', 'anna', 'zed', 'off']);
});

test('other orders put unknown values last', () => {
  expect(ids(selectRows(rows, { ...all, sort: 'name' }))).toEqual(['anna', 'asks', 'off', 'zed']);
  expect(ids(selectRows(rows, { ...all, sort: 'progress' }))).toEqual(['asks', 'zed', 'anna', 'off']);
  expect(ids(selectRows(rows, { ...all, sort: 'heartbeat' })).at(-1)).toBe('off');
});

test('a row matches if it contains every word of the search', () => {
  expect(ids(selectRows(rows, { ...all, text: 'COLUMN asks' }))).toEqual(['asks']);
  expect(rows.some((row) => matchesSearch(row, 'column zed'))).toBe(false);
});

test('each filter shows its rows', () => {
  expect(ids(rows.filter((row) => matchesFilter(row, 'needs')))).toEqual(['asks']);
  expect(ids(rows.filter((row) => matchesFilter(row, 'blocked')))).toEqual(['asks']);
  expect(ids(rows.filter((row) => matchesFilter(row, 'working')))).toEqual(['zed', 'anna']);
  expect(ids(rows.filter((row) => matchesFilter(row, 'offline')))).toEqual(['off']);
});
