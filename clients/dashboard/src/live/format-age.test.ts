import { expect, test } from 'vitest';
import { formatAge } from './format-age.ts';

const MINUTE = 60_000;

test.each([
  [0, '0s'],
  [45_999, '45s'],
  [59_999, '59s'],
  [MINUTE, '1m'],
  [17.9 * MINUTE, '17m'],
  [60 * MINUTE, '1h'],
  [47 * 60 * MINUTE, '1d'],
])('%d ms is %s, rounded down as the server does', (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

test('a clock that is a little behind shows no negative age', () => {
  expect(formatAge(-1500)).toBe('0s');
});
