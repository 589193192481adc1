import { expect, test } from 'vitest';
import { formatTicks } from './format-ticks.ts';

const at = (text: string) => new Date(text).getTime() / 1_000;

test.each([
  [86_400, '27 Nov', 'Nov 27'],
  [3_600, '17:05', '05:05 PM'],
  [60, '17:05', '05:05 PM'],
  [1, '17:05:09', '05:05:09 PM'],
])('ticks that are %i s apart read as the reader writes them', (incrementS, british, american) => {
  const tick = at('2026-11-27T17:05:09');
  expect(formatTicks([tick], incrementS, 'en-GB')).toEqual([british]);
  expect(formatTicks([tick], incrementS, 'en-US')).toEqual([american]);
});

test('ticks between two seconds have no label', () => {
  const tick = at('2026-11-27T17:05:09');
  expect(formatTicks([tick, tick + 0.5], 0.5, 'en-GB')).toEqual(['17:05:09', null]);
});
