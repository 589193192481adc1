import { expect, test } from 'vitest';
import { describePeriods, mergePeriods } from './periods.js';

test.each([
  ['wwwwa-', 15, 'asked 15m, worked 1h'],
  ['ssii??', 15, 'silent 30m, idle 30m'],
  ['wwwwwwwwwwww', 120, 'worked 1d'],
  ['--??', 15, 'no session'],
  ['????', 15, 'unknown'],
])('%s in periods of %i minutes is %s', (periods, minutes, words) => {
  expect(describePeriods(periods, minutes)).toBe(words);
});

test.each([
  ['wwaa', 2, 'wa'],
  ['wa--', 2, 'a-'],
  ['?---?i??', 4, '-i'],
  ['wws', 2, 'ws'],
  ['???', 3, '?'],
])('%s merged by %i is %s', (periods, size, merged) => {
  expect(mergePeriods(periods, size)).toBe(merged);
});
