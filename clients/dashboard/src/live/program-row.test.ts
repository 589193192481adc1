import { expect, test } from 'vitest';
import { at, buildSession } from '../testing/session-fixtures.ts';
import { matchesFilter, matchesSearch, type ProgramFacts, selectRows, toProgramRow } from './program-row.ts';

const facts = (own: Partial<ProgramFacts> = {}): ProgramFacts => ({
  programId: 'builder',
  displayName: 'Builder',
  paused: false,
  lastHeartbeat: null,
  state: null,
  pendingTasks: 0,
  pendingMessages: 0,
  ...own,
});
const all = { text: '', show: 'all', sort: 'attention' } as const;
const ids = (rows: readonly { programId: string }[]) => rows.map(({ programId }) => programId);

test('all of a row is of one session: the most recently updated live one when none needs a person', () => {
  const row = toProgramRow(facts({ lastHeartbeat: at('09:00') }), [
    buildSession({ sessionId: 'old', updatedAt: at('10:00'), lastHeartbeat: at('10:10') }),
    buildSession({ sessionId: 'new', updatedAt: at('10:05'), contextBytes: 90, contextLimitBytes: 100 }),
    buildSession({ sessionId: 'over', updatedAt: at('10:09'), state: 'complete' }),
  ]);
  expect(row).toMatchObject({ live: 2, rowState: 'working', contextPercent: 90, heartbeatAt: Date.parse(at('10:00')) });
  expect(row.session?.sessionId).toBe('new');
});

test('a row speaks of the session that needs a person in every field, not of a newer one that does not', () => {
  const row = toProgramRow(facts({ lastHeartbeat: at('10:30') }), [
    buildSession({ sessionId: 'a', updatedAt: at('10:30'), lastHeartbeat: at('10:30'), progress: 65 }),
    buildSession({ sessionId: 'b', stale: true, lastHeartbeat: at('09:00'), status: 'Merging', progress: 10 }),
  ]);
  expect(row).toMatchObject({ needs: ['stale'], rowState: 'stale', heartbeatAt: Date.parse(at('09:00')), live: 2 });
  expect(row.session).toMatchObject({ sessionId: 'b', status: 'Merging', progress: 10 });
});

test('a program whose session ended well is done and keeps what it did; others without a live one are offline', () => {
  const ended = buildSession({ state: 'complete', name: 'Review PR 482', progress: 100 });
  expect(toProgramRow(facts(), [ended])).toMatchObject({ rowState: 'done', live: 0, session: ended });
  expect(toProgramRow(facts({ state: 'complete' }), []).rowState).toBe('done');
  expect(toProgramRow(facts(), [buildSession({ archived: true })]).rowState).toBe('offline');
  expect(toProgramRow(facts({ state: 'working' }), []).rowState).toBe('offline');
  expect(toProgramRow(facts({ paused: true }), [ended]).rowState).toBe('paused');
});

test('a row needs what its neediest session needs, also beside an older idle one', () => {
  const sessions = [buildSession({ sessionId: 'a', idle: true }), buildSession({ sessionId: 'b', state: 'blocked' })];
  expect(toProgramRow(facts(), sessions)).toMatchObject({ needs: ['blocked'], rowState: 'blocked' });
  expect(toProgramRow(facts(), sessions.slice(0, 1)).rowState).toBe('idle');
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

test('of those that need a person the one that waits longest comes first, as in the inbox', () => {
  const waits = (programId: string, lastProgressAt: string) =>
    toProgramRow(facts({ programId }), [buildSession({ programId, state: 'blocked', lastProgressAt })]);
  expect(ids(selectRows([waits('a', at('10:00')), waits('z', at('09:00'))], all))).toEqual(['z', 'a']);
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
  const both = toProgramRow(facts(), [buildSession({ state: 'blocked', stale: true })]);
  expect([matchesFilter(both, 'blocked'), matchesFilter(both, 'stale'), matchesFilter(both, 'working')]).toEqual([
    true,
    true,
    false,
  ]);
});
