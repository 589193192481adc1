import { expect, test } from 'vitest';
import { at, signs } from '../testing/signs.ts';
import { chosen, isShown, matches, type ProgramFacts, programRow } from './program-row.ts';

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
  const row = programRow(facts({ lastHeartbeat: at('09:00') }), [
    signs({ sessionId: 'old', updatedAt: at('10:00'), lastHeartbeat: at('10:10') }),
    signs({ sessionId: 'new', updatedAt: at('10:05'), contextBytes: 90, contextLimitBytes: 100 }),
    signs({ sessionId: 'over', updatedAt: at('10:09'), state: 'complete' }),
  ]);
  expect(row).toMatchObject({ live: 2, health: 'healthy', contextPercent: 90, heartbeatAt: Date.parse(at('10:10')) });
  expect(row.session?.sessionId).toBe('new');
});

test('a program is stale when all of its live sessions are silent; without any the server knows', () => {
  expect(programRow(facts(), [signs({ stale: true })]).health).toBe('stale');
  expect(programRow(facts(), [signs({ stale: true }), signs({ sessionId: 'b' })]).health).toBe('healthy');
  expect(programRow(facts({ health: 'healthy' }), []).health).toBe('healthy');
  expect(programRow(facts(), []).health).toBe('offline');
});

test('a program shows the most pressing need of its sessions, not only of the newest', () => {
  const sessions = [signs({ sessionId: 'a', updatedAt: at('10:30') }), signs({ sessionId: 'b', state: 'blocked' })];
  expect(programRow(facts(), sessions).needs).toEqual(['blocked']);
});

const rows = [
  programRow(facts({ programId: 'zed' }), [signs()]),
  programRow(facts({ programId: 'off' }), []),
  programRow(facts({ programId: 'asks' }), [signs({ state: 'blocked', progress: 90, status: 'Drop the column?' })]),
  programRow(facts({ programId: 'anna' }), [signs({ progress: 10 })]),
];

test('what needs attention comes first, then by name, and who is offline last', () => {
  expect(ids(chosen(rows, all))).toEqual(['asks', 'anna', 'zed', 'off']);
});

test('other orders put what is not known last', () => {
  expect(ids(chosen(rows, { ...all, sort: 'name' }))).toEqual(['anna', 'asks', 'off', 'zed']);
  expect(ids(chosen(rows, { ...all, sort: 'progress' }))).toEqual(['asks', 'zed', 'anna', 'off']);
  expect(ids(chosen(rows, { ...all, sort: 'heartbeat' })).at(-1)).toBe('off');
});

test('every word of a search must be said, wherever', () => {
  expect(ids(chosen(rows, { ...all, text: 'COLUMN asks' }))).toEqual(['asks']);
  expect(rows.some((row) => matches(row, 'column zed'))).toBe(false);
});

test('each kind of row is shown by its filter', () => {
  expect(ids(rows.filter((row) => isShown(row, 'needs')))).toEqual(['asks']);
  expect(ids(rows.filter((row) => isShown(row, 'blocked')))).toEqual(['asks']);
  expect(ids(rows.filter((row) => isShown(row, 'working')))).toEqual(['zed', 'anna']);
  expect(ids(rows.filter((row) => isShown(row, 'offline')))).toEqual(['off']);
});
