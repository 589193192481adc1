import { expect, test } from 'vitest';
import { at } from '../../testing/session-fixtures.ts';
import { filterPatterns, type Pattern, type PatternStatusFilter } from './pattern-filter.ts';

const pattern = (id: string, own: Partial<Pattern> = {}): Pattern => ({
  id,
  domain: 'auth',
  pattern: 'Tokens expire after an hour',
  confidence: 0.8,
  evidence: null,
  status: 'active',
  supersededBy: null,
  promoted: false,
  stale: false,
  reinforcements: 0,
  discoveredAt: at('09:00'),
  lastReinforcedAt: at('10:00'),
  ...own,
});

const PATTERNS = [
  pattern('p-1'),
  pattern('p-2', { stale: true, confidence: 0.9 }),
  pattern('p-3', { promoted: true, confidence: 0.4, domain: 'café', evidence: 'PR #45' }),
  pattern('p-4', { status: 'refuted', stale: true }),
  pattern('p-5', { status: 'superseded', supersededBy: 'p-1' }),
];
const ids = (text: string, status: PatternStatusFilter) =>
  filterPatterns(PATTERNS, { text, status }).map(({ id }) => id);

test('promoted patterns come first, then by confidence', () => {
  expect(ids('', 'active')).toEqual(['p-3', 'p-2', 'p-1']);
});

test.each([
  ['fresh', ['p-3', 'p-1']],
  ['stale', ['p-2']],
  ['promoted', ['p-3']],
  ['refuted', ['p-4']],
  ['superseded', ['p-5']],
  ['all', ['p-3', 'p-2', 'p-1', 'p-4', 'p-5']],
] as const)('%s patterns are %j', (status, found) => {
  expect(ids('', status)).toEqual(found);
});

test.each([
  ['TOK hour', ['p-3', 'p-2', 'p-1']],
  ['cafe pr', ['p-3']],
  ['kens', []],
])('%j finds by the beginnings of words: %j', (text, found) => {
  expect(ids(text, 'active')).toEqual(found);
});
