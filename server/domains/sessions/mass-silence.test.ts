import { expect, test } from 'vitest';
import { detectMassSilence, isSpared, overlaps } from './mass-silence.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (...minutes: number[]): number[] => minutes.map((minute) => minute * MINUTE);

test.each([
  ['four are too few', at(0, 1, 2, 3), 4, null],
  ['five of nine are more than half', at(0, 1, 2, 3, 4), 9, 5],
  ['five of ten are not more than half', at(0, 1, 2, 3, 4), 10, null],
  ['within five minutes counts, to the millisecond', at(0, 1, 2, 3, 5), 5, 5],
  ['beyond five minutes does not', [...at(0, 1, 2, 3), 5 * MINUTE + 1], 5, null],
  ['those that fell silent one by one are no mass', at(0, 10, 20, 30, 40, 50), 6, null],
  ['the largest group counts, not the first', at(0, 60, 61, 62, 63, 64), 6, 5],
] as const)('%s', (_what, lastSigns, live, sessions) => {
  expect(detectMassSilence(lastSigns, live)?.sessions ?? null).toBe(sessions);
});

test('its sessions, and no others, are spared for six hours after the last of them fell silent', () => {
  const found = detectMassSilence(at(10, 11, 12, 13, 14), 5);
  const silence = found && { accountId: 'main', ...found };
  const until = 14 * MINUTE + 6 * HOUR;
  expect(silence).toMatchObject({ since: 10 * MINUTE, until: 14 * MINUTE, sparedUntil: until });
  expect([until - 1, until].map((now) => isSpared(silence, 12 * MINUTE, now))).toEqual([true, false]);
  expect(at(9, 10, 14, 15).map((lastSign) => isSpared(silence, lastSign, HOUR))).toEqual([false, true, true, false]);
});

test('the same silence is known again by its overlap', () => {
  const silence = { since: 10, until: 20 };
  expect(
    [
      { since: 5, until: 10 },
      { since: 20, until: 25 },
      { since: 21, until: 25 },
    ].map((other) => overlaps(silence, other)),
  ).toEqual([true, true, false]);
});
