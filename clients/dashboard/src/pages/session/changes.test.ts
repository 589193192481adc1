import { expect, test } from 'vitest';
import { at, buildSession, buildSessionEvent } from '../../testing/session-fixtures.ts';
import { type Change, describeChange, prependEvent } from './changes.ts';
import { toContextPoints } from './context-points.ts';
import { formatBytes } from './format-bytes.ts';

const change = (own: Partial<Change> = {}): Change => ({
  number: 1,
  at: at('10:00'),
  kind: 'updated',
  state: 'working',
  status: 'Running tests',
  idle: false,
  progress: 10,
  contextUsedPercent: null,
  contextBytes: null,
  contextLimitBytes: null,
  handoffRequired: false,
  ...own,
});

test('a new event is added in front, a known one is not', () => {
  const read = [change({ number: 7 })];
  const later = buildSessionEvent('session.updated', buildSession({ updatedAt: at('10:01'), status: 'Done' }));
  expect(prependEvent(read, later)[0]).toMatchObject({ number: 8, at: at('10:01'), status: 'Done' });
  expect(prependEvent(read, buildSessionEvent('session.updated', buildSession()))).toBe(read);
});

test('an event that changes nothing is left out', () => {
  const read = [change()];
  expect(prependEvent(read, buildSessionEvent('session.stale', buildSession({ updatedAt: at('11:00') })))).toBe(read);
});

test('a change is labelled by what it changed', () => {
  expect(describeChange(change({ kind: 'created' }), null)).toEqual(['Started']);
  const after = change({ state: 'blocked', progress: 20, handoffRequired: true });
  expect(describeChange(after, change())).toEqual(['Now blocked', 'Asked for a handoff', 'Progress 20 %']);
  expect(describeChange(change({ status: 'Other' }), change())).toEqual([]);
  expect(describeChange(change({ idle: true }), change())).toEqual(['Idle']);
  expect(describeChange(change(), change({ idle: true }))).toEqual(['No longer idle']);
});

test('points are in percent if the limit is always known, else in bytes, oldest first', () => {
  const newest = change({ at: at('10:02'), contextBytes: 50, contextLimitBytes: 100 });
  const oldest = change({ at: at('10:01'), contextBytes: 10, contextLimitBytes: 100 });
  expect(toContextPoints([newest, change(), oldest])).toMatchObject({ used: [10, 50], unit: 'percent' });
  expect(toContextPoints([newest, { ...oldest, contextLimitBytes: null }])).toMatchObject({
    used: [10, 50],
    unit: 'bytes',
  });
});

test('points of a session that tells its percentage are in percent', () => {
  const [newest, oldest] = [change({ contextUsedPercent: 30 }), change({ contextUsedPercent: 20, contextBytes: 5 })];
  expect(toContextPoints([newest, change(), oldest])).toMatchObject({ used: [20, 30], unit: 'percent' });
});

test('points between equal neighbours are left out, the ends of a plateau stay', () => {
  const level = [3, 2, 1, 0].map((minute) => change({ at: at(`10:0${minute}`), contextBytes: 5 }));
  expect(toContextPoints(level).at).toEqual([Date.parse(at('10:00')) / 1000, Date.parse(at('10:03')) / 1000]);
});

test.each([
  [812, '812 B'],
  [1500, '1.5 kB'],
  [120_000, '120 kB'],
  [2_000_000, '2 MB'],
])('%d bytes are %s', (count, text) => {
  expect(formatBytes(count)).toBe(text);
});
