import { expect, test } from 'vitest';
import { formatAge } from '../../../../server/domains/fleet/rules.ts';
import { formatDuration } from './duration.ts';

const MINUTE = 60_000;
const LENGTHS: readonly (readonly [number, string])[] = [
  [0, '0s'],
  [45_999, '45s'],
  [59_999, '59s'],
  [MINUTE, '1m'],
  [17.9 * MINUTE, '17m'],
  [60 * MINUTE, '1h'],
  [47 * 60 * MINUTE, '1d'],
];

test.each(LENGTHS)('%d ms is %s, in the clients and in the heartbeatAge of the server', (ms, text) => {
  expect([formatDuration(ms), formatAge(ms)]).toEqual([text, text]);
});

test('a clock that is slightly behind shows no negative age', () => {
  expect(formatDuration(-1_500)).toBe('0s');
});
