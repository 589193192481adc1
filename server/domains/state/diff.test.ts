import { expect, test } from 'vitest';
import { diffStates } from './diff.ts';
import type { PatternRow } from './entity.ts';
import { applyStateUpdate } from './rules.ts';

const NOW = 1_800_000_000_000;
const OWNER = { accountId: 'main', programId: 'builder' };
const createState = (update: Parameters<typeof applyStateUpdate>[2], patterns: readonly PatternRow[] = []) => ({
  row: applyStateUpdate(OWNER, null, update, NOW),
  patterns,
});
const pattern = (patternId: string, more: Partial<PatternRow> = {}): PatternRow => ({
  ...OWNER,
  patternId,
  domain: 'tests',
  pattern: 'Run them first',
  confidence: 0.5,
  evidence: null,
  status: 'active',
  supersededBy: null,
  promoted: false,
  reinforcements: 2,
  discoveredAt: NOW,
  lastReinforcedAt: NOW,
  ...more,
});
const NOTHING = { row: null, patterns: [] };

test('the fields that differ, in order, each by its pointer; a list is one value', () => {
  const before = createState({
    contextSummary: { lastTask: 'A', activeWorkItems: ['x'] },
    config: { knownQuirks: ['q'] },
  });
  const after = createState({
    contextSummary: { lastTask: 'B', activeWorkItems: ['x', 'y'] },
    config: { knownQuirks: ['q'] },
  });
  expect(diffStates(before, after).changes).toEqual([
    { pointer: '/contextSummary/activeWorkItems', before: ['x'], after: ['x', 'y'] },
    { pointer: '/contextSummary/lastTask', before: 'A', after: 'B' },
  ]);
  expect(diffStates(before, before).changes).toEqual([]);
});

test('the inside of objects is compared, and names are escaped', () => {
  const before = createState({ config: { customSettings: { 'a/b': { '~': 1 }, empty: {}, kept: { x: 1 } } } });
  const after = createState({
    config: { customSettings: { 'a/b': { '~': 2 }, empty: [], kept: { x: 1 }, none: null } },
  });
  expect(diffStates(before, after).changes).toEqual([
    { pointer: '/config/customSettings/a~1b/~0', before: 1, after: 2 },
    { pointer: '/config/customSettings/empty', before: {}, after: [] },
  ]);
});

test('patterns are compared field by field; one that is missing has null in each', () => {
  const before = { ...NOTHING, patterns: [pattern('p/1'), pattern('p-2')] };
  const after = { ...NOTHING, patterns: [pattern('p/1', { confidence: 0.9 }), pattern('p-2')] };
  expect(diffStates(before, after).changes).toEqual([
    { pointer: '/learnedPatterns/p~11/confidence', before: 0.5, after: 0.9 },
  ]);
  const added = diffStates(NOTHING, { ...NOTHING, patterns: [pattern('p-2')] }).changes;
  expect(added.map(({ pointer }) => pointer)).not.toContain('/learnedPatterns/p-2/id');
  expect(added).toContainEqual({ pointer: '/learnedPatterns/p-2/pattern', before: null, after: 'Run them first' });
});

test('versions are told; nothing stored is version 0', () => {
  const stored = createState({ config: { preferredOutputFormat: 'diff' } });
  expect(diffStates(NOTHING, stored)).toMatchObject({ from: 0, to: 1 });
  expect(diffStates(stored, NOTHING)).toMatchObject({ from: 1, to: 0 });
});

test('of more than 5,000 changes the first are told, and how many are left out', () => {
  const settings = (count: number) => Object.fromEntries(Array.from({ length: count }, (_each, n) => [`n${n}`, n]));
  const diffSettings = (count: number) =>
    diffStates(NOTHING, createState({ config: { customSettings: settings(count) } }));
  const few = diffSettings(100);
  const rest = few.changes.length - 100;
  expect(few.leftOut).toBe(0);
  const many = diffSettings(5_002 - rest);
  expect([many.changes.length, many.leftOut]).toEqual([5_000, 2]);
});
