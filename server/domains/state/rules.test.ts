import { describe, expect, test } from 'vitest';
import { DAY } from '../../platform/clock.ts';
import type { PatternRow, StateRow } from './entity.ts';
import {
  applyStateUpdate,
  isSummaryExpired,
  matchesIfNoneMatch,
  mergePattern,
  newPattern,
  requireIfMatch,
  requireUniqueIds,
  stalePatterns,
} from './rules.ts';
import { DEFAULTS } from './sections.ts';

const OWNER = { accountId: 'main', programId: 'builder' };
const NOW = 1_000 * DAY;

describe('a write', () => {
  test('starts at version 1 and grows by one', () => {
    const first = applyStateUpdate(OWNER, null, { config: {} }, NOW);
    expect(first).toMatchObject({ ...OWNER, version: 1, sessionId: null, contextSummaryAt: null, updatedAt: NOW });
    expect(applyStateUpdate(OWNER, first, { config: {} }, NOW + 5)).toMatchObject({ version: 2, updatedAt: NOW + 5 });
  });

  test('keeps the session that is named until another is', () => {
    const first = applyStateUpdate(OWNER, null, { sessionId: 's-1' }, NOW);
    const second = applyStateUpdate(OWNER, first, { config: {} }, NOW);
    expect([second.sessionId, applyStateUpdate(OWNER, second, { sessionId: 's-2' }, NOW).sessionId]).toEqual([
      's-1',
      's-2',
    ]);
  });

  test('dates the summary only when it has one', () => {
    const first = applyStateUpdate(OWNER, null, { contextSummary: { lastTask: 'A' } }, NOW);
    expect(first.contextSummaryAt).toBe(NOW);
    expect(applyStateUpdate(OWNER, first, { config: {} }, NOW + 1).contextSummaryAt).toBe(NOW);
  });

  test('is refused when a section would grow beyond 256 kB', () => {
    const half = { config: { customSettings: { a: 'x'.repeat(200_000) } } };
    const row = applyStateUpdate(OWNER, null, half, NOW);
    const more = { config: { customSettings: { b: 'x'.repeat(100_000) } } };
    expect(() => applyStateUpdate(OWNER, row, more, NOW)).toThrow(expect.objectContaining({ kind: 'state-full' }));
    expect(applyStateUpdate(OWNER, row, { config: { customSettings: { a: null, b: 'x' } } }, NOW).version).toBe(2);
  });
});

describe('a pattern', () => {
  const update = { id: 'p-1', domain: 'auth', pattern: 'Check' };

  test('is new once and reinforced ever after', () => {
    const row = newPattern(OWNER, update, 0, NOW);
    expect(row).toMatchObject({
      patternId: 'p-1',
      confidence: 0.5,
      evidence: null,
      status: 'active',
      reinforcements: 0,
    });
    const again = mergePattern(row, { id: 'p-1', evidence: 'Seen' }, NOW + 1);
    expect(again).toEqual({ ...row, evidence: 'Seen', reinforcements: 1, lastReinforcedAt: NOW + 1 });
    expect(mergePattern(again, { id: 'p-1', evidence: null, confidence: 0 }, NOW)).toMatchObject({
      evidence: null,
      confidence: 0,
    });
  });

  test.each(['domain', 'pattern'])('that is new needs its %s', (field) => {
    const pointer = `/learnedPatterns/3/${field}`;
    expect(() => newPattern(OWNER, { ...update, [field]: undefined }, 3, NOW)).toThrow(
      expect.objectContaining({ kind: 'invalid-request', fields: [expect.objectContaining({ pointer })] }),
    );
  });

  test('stands in one call once', () => {
    expect(() => requireUniqueIds([{ id: 'a' }, { id: 'A' }])).not.toThrow();
    expect(() => requireUniqueIds([{ id: 'a' }, { id: 'b' }, { id: 'a' }])).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/learnedPatterns/2/id' })] }),
    );
  });
});

test.each([
  [undefined, 0, true],
  ['"0"', 0, true],
  ['"4"', 4, true],
  ['*', 1, true],
  ['*', 0, false],
  ['"3"', 4, false],
  ['"5"', 4, false],
  ['"3", "4"', 4, true],
  [', "3",,"4" ,', 4, true],
  ['W/"4"', 4, false],
  ['W/"4", "4"', 4, true],
  ['"a, b","4"', 4, true],
  ['"04"', 4, false],
  ['"*"', 4, false],
  ['"abc"', 4, false],
  ['""', 0, false],
])('If-Match %s on version %i passes: %s', (ifMatch, version, passes) => {
  const attempt = () => requireIfMatch(ifMatch, version);
  if (passes) expect(attempt).not.toThrow();
  else
    expect(attempt).toThrow(
      expect.objectContaining({ kind: 'version-mismatch', extensions: { currentVersion: version } }),
    );
});

test.each([
  ['"4"', 4, true],
  ['W/"4"', 4, true],
  ['"3", "4"', 4, true],
  [', "3",,W/"4" ,', 4, true],
  ['"a, b","4"', 4, true],
  ['"0"', 0, true],
  ['*', 1, true],
  ['*', 0, false],
  ['"3"', 4, false],
  ['"40"', 4, false],
  ['"04"', 4, false],
  ['"*"', 4, false],
  ['"3,""4 "', 4, false],
  ['""', 0, false],
])('who sends If-None-Match %s has version %i already: %s', (ifNoneMatch, version, matches) => {
  expect(matchesIfNoneMatch(ifNoneMatch, version)).toBe(matches);
});

test('a summary expires a millisecond after its days are over', () => {
  const row = { contextSummaryAt: NOW } as StateRow;
  expect(isSummaryExpired(row, DEFAULTS.decay, NOW + 7 * DAY)).toBe(false);
  expect(isSummaryExpired(row, DEFAULTS.decay, NOW + 7 * DAY + 1)).toBe(true);
  expect(isSummaryExpired({ contextSummaryAt: null } as StateRow, DEFAULTS.decay, NOW)).toBe(false);
});

describe('of the patterns', () => {
  const decay = { ...DEFAULTS.decay, maxUnpromotedPatterns: 5 };
  const row = (patternId: string, more: Partial<PatternRow> = {}): PatternRow => ({
    ...newPattern(OWNER, { id: patternId, domain: 'd', pattern: 'p' }, 0, NOW),
    ...more,
  });
  const five = ['a', 'b', 'c', 'd', 'e'].map((id) => row(id));
  const toStrong = (each: PatternRow): PatternRow => ({ ...each, confidence: 1, lastReinforcedAt: NOW });
  const stale = (rows: readonly PatternRow[], now = NOW) => [...stalePatterns(rows, decay, now)].sort();

  test('none is stale up to the limit, and beyond it the weakest', () => {
    expect(stale(five)).toEqual([]);
    expect(stale([...five, row('weak', { confidence: 0.1 })])).toEqual(['weak']);
    expect(stale([row('late', { lastReinforcedAt: NOW + 1 }), ...five])).toEqual(['e']);
  });

  test('the weakest is the one of least confidence, then of the longest silence, then by its id', () => {
    const kept = five.slice(1);
    const strong = (patternId: string, more: Partial<PatternRow> = {}) => row(patternId, { confidence: 0.99, ...more });
    for (const order of [(list: PatternRow[]) => list, (list: PatternRow[]) => list.toReversed()]) {
      expect(
        stale(order([row('x', { confidence: 0.2 }), row('y', { confidence: 0.3 }), ...kept.map(toStrong)])),
      ).toEqual(['x']);
      const silent = strong('silent', { lastReinforcedAt: NOW - 2 });
      expect(stale(order([silent, strong('heard', { lastReinforcedAt: NOW - 1 }), ...kept.map(toStrong)]))).toEqual([
        'silent',
      ]);
      expect(stale(order([strong('zz'), strong('zy'), ...kept.map(toStrong)]))).toEqual(['zz']);
    }
  });

  test('those are stale that nobody reinforced for too long, and they take no place from the others', () => {
    const old = row('old', { lastReinforcedAt: NOW - 30 * DAY - 1, confidence: 1 });
    expect(stale([old, ...five])).toEqual(['old']);
    expect(stale([row('just', { lastReinforcedAt: NOW - 30 * DAY })])).toEqual([]);
  });

  test('a promoted one never is, and takes no place', () => {
    const promoted = row('old', { promoted: true, lastReinforcedAt: 0, confidence: 0 });
    expect(stale([promoted, ...five])).toEqual([]);
  });

  test('one that no longer holds takes no place', () => {
    expect(stale([row('refuted', { status: 'refuted', confidence: 1 }), ...five])).toEqual([]);
  });
});
