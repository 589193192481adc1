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

test('a row shows the live session that was updated last, and the latest heartbeat of all', () => {
  const row = toProgramRow(facts({ lastHeartbeat: at('09:00') }), [
    buildSession({ sessionId: 'old', updatedAt: at('10:00'), lastHeartbeat: at('10:10') }),
    buildSession({ sessionId: 'new', updatedAt: at('10:05'), contextBytes: 90, contextLimitBytes: 100 }),
    buildSession({ sessionId: 'over', updatedAt: at('10:09'), state: 'complete' }),
  ]);
  expect(row).toMatchObject({ live: 2, health: 'healthy', contextPercent: 90, heartbeatAt: Date.parse(at('10:10')) });
  expect(row.session?.sessionId).toBe('new');
});

test('a program is stale when all of its live sessions are silent; without any the server knows', () => {
  expect(toProgramRow(facts(), [buildSession({ stale: true })]).health).toBe('stale');
  expect(toProgramRow(facts(), [buildSession({ stale: true }), buildSession({ sessionId: 'b' })]).health).toBe(
    'healthy',
  );
  expect(toProgramRow(facts({ health: 'healthy' }), []).health).toBe('healthy');
  expect(toProgramRow(facts(), []).health).toBe('offline');
});

test('a program shows the most pressing need of its sessions, not only of the newest', () => {
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

test('what needs attention comes first, then by name, and who is offline last', () => {
  expect(ids(selectRows(rows, all))).toEqual(['asks', 'anna', 'zed', 'off']);
});

test('other orders put what is not known last', () => {
  expect(ids(selectRows(rows, { ...all, sort: 'name' }))).toEqual(['anna', 'asks', 'off', 'zed']);
  expect(ids(selectRows(rows, { ...all, sort: 'progress' }))).toEqual(['asks', 'zed', 'anna', 'off']);
  expect(ids(selectRows(rows, { ...all, sort: 'heartbeat' })).at(-1)).toBe('off');
});

test('every word of a search must be said, wherever', () => {
  expect(ids(selectRows(rows, { ...all, text: 'COLUMN asks' }))).toEqual(['asks']);
  expect(rows.some((row) => matchesSearch(row, 'column zed'))).toBe(false);
});

test('each kind of row is shown by its filter', () => {
  expect(ids(rows.filter((row) => matchesFilter(row, 'needs')))).toEqual(['asks']);
  expect(ids(rows.filter((row) => matchesFilter(row, 'blocked')))).toEqual(['asks']);
  expect(ids(rows.filter((row) => matchesFilter(row, 'working')))).toEqual(['zed', 'anna']);
  expect(ids(rows.filter((row) => matchesFilter(row, 'offline')))).toEqual(['off']);
});
