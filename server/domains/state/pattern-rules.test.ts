import { describe, expect, test } from 'vitest';
import type { PatternRow } from './entity.ts';
import {
  applyStatus,
  byFreshness,
  findSuccessorProblem,
  matchesFilter,
  type PatternFilter,
  promotePattern,
  reinforcePattern,
} from './pattern-rules.ts';

const NOW = 1_800_000_000_000;
const pattern = (more: Partial<PatternRow> = {}): PatternRow => ({
  accountId: 'main',
  programId: 'builder',
  patternId: 'p-1',
  domain: 'tests',
  pattern: 'Run them first',
  confidence: 0.5,
  evidence: null,
  status: 'active',
  supersededBy: null,
  promoted: false,
  reinforcements: 2,
  discoveredAt: NOW - 1_000,
  lastReinforcedAt: NOW - 500,
  ...more,
});
const EVERYTHING: PatternFilter = {
  domain: undefined,
  minConfidence: undefined,
  stale: undefined,
  status: 'all',
  promoted: undefined,
};

test('a reinforcement counts, begins the age anew, and may move the confidence', () => {
  const expected = { reinforcements: 3, lastReinforcedAt: NOW };
  expect(reinforcePattern(pattern(), {}, NOW)).toEqual(pattern(expected));
  expect(reinforcePattern(pattern(), { confidence: 0 }, NOW)).toEqual(pattern({ ...expected, confidence: 0 }));
});

test('a promotion can be taken back', () => {
  expect(promotePattern(pattern(), {})).toEqual(pattern({ promoted: true }));
  expect(promotePattern(pattern({ promoted: true }), { promoted: false })).toEqual(pattern());
});

describe('a successor', () => {
  test.each([
    ['active', null, null],
    ['refuted', null, null],
    ['superseded', 'p-2', null],
    ['superseded', null, 'is needed with the status superseded'],
    ['active', 'p-2', 'stands only with the status superseded'],
    ['refuted', 'p-2', 'stands only with the status superseded'],
    ['superseded', 'p-1', 'must name another pattern'],
  ] as const)('of a pattern that is %s, named %s: %s', (status, successor, problem) => {
    expect(findSuccessorProblem('p-1', status, successor)).toBe(problem);
    const apply = () => applyStatus(pattern(), { status, ...(successor !== null && { supersededBy: successor }) });
    if (problem === null) expect(apply()).toEqual(pattern({ status, supersededBy: successor }));
    else expect(apply).toThrow(`supersededBy: ${problem}`);
  });

  test('goes when the pattern is active again', () => {
    const superseded = pattern({ status: 'superseded', supersededBy: 'p-2' });
    expect(applyStatus(superseded, { status: 'active' })).toEqual(pattern());
  });
});

describe('a filter', () => {
  test.each<[Partial<PatternFilter>, boolean]>([
    [{}, true],
    [{ domain: 'tests' }, true],
    [{ domain: 'builds' }, false],
    [{ minConfidence: 0.5 }, true],
    [{ minConfidence: 0.51 }, false],
    [{ stale: false }, true],
    [{ stale: true }, false],
    [{ status: 'active' }, true],
    [{ status: 'refuted' }, false],
    [{ promoted: false }, true],
    [{ promoted: true }, false],
  ])('%o lets an active, fresh, unpromoted pattern pass: %s', (filter, passes) => {
    expect(matchesFilter(pattern(), false, { ...EVERYTHING, ...filter })).toBe(passes);
  });

  test('tells stale ones', () => {
    expect(matchesFilter(pattern(), true, { ...EVERYTHING, stale: true })).toBe(true);
    expect(matchesFilter(pattern(), true, { ...EVERYTHING, stale: false })).toBe(false);
  });
});

test('the list begins with what was reinforced last, and has one order for the same moment', () => {
  const rows = [
    pattern({ patternId: 'c', lastReinforcedAt: NOW }),
    pattern({ patternId: 'a', lastReinforcedAt: NOW - 1 }),
    pattern({ patternId: 'b', lastReinforcedAt: NOW - 1 }),
  ];
  expect(rows.toReversed().sort(byFreshness)).toEqual(rows);
});
