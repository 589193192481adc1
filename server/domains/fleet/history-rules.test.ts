import { expect, test } from 'vitest';
import { ACTIVITY, addBits, QUARTER_MS, resolveRange, startOfDay, startOfQuarter, toPeriods } from './history-rules.ts';

const NOW = Date.parse('2026-02-24T10:37:00Z');
const QUARTER = startOfQuarter(NOW);
const { asked, worked, silent, idle } = ACTIVITY;

test('bits are added in any order, and twice is once', () => {
  const one = addBits(addBits(undefined, QUARTER, worked), QUARTER, idle);
  const other = addBits(addBits(addBits(undefined, QUARTER, idle), QUARTER, worked), QUARTER, worked);
  expect(one).toBe(other);
  expect(one).toHaveLength(96);
  expect(one.replaceAll('0', '')).toBe((worked | idle).toString(16));
  expect(addBits(one, QUARTER + QUARTER_MS, silent).replaceAll('0', '')).toBe('a4');
});

/** The periods of a day that ends with quarters of these bits; all of them observed, but those in `unobserved`. */
function recordAndRead(bits: readonly number[], range: '24h' | '7d' | '30d' = '24h', unobserved = 0): string {
  const resolved = resolveRange(range, NOW);
  const last = startOfQuarter(NOW);
  const activity = new Map<number, string>();
  const observed = new Map<number, string>();
  for (const [index, each] of bits.entries()) {
    const quarter = last - (bits.length - 1 - index) * QUARTER_MS;
    const day = startOfDay(quarter);
    if (each > 0) activity.set(day, addBits(activity.get(day), quarter, each));
    if (index >= unobserved) observed.set(day, addBits(observed.get(day), quarter, 1));
  }
  return toPeriods(activity, observed, resolved);
}

test('each quarter of a day has the most telling letter of what was seen', () => {
  const periods = recordAndRead([worked, worked | asked, silent | worked, idle | silent, idle, 0]);
  expect(periods).toHaveLength(96);
  expect(periods.slice(-6)).toBe('wawsi-');
});

test('a quarter that nobody observed is unknown, unless something was seen in it', () => {
  expect(recordAndRead([0, worked, 0, 0], '24h', 2).slice(-5)).toBe('??w--');
});

test('a longer period has the letter of most of its quarters', () => {
  // 10:37 is in the period from 10:00: three quarters of it have begun.
  expect(recordAndRead([worked, worked, asked], '7d').slice(-2)).toBe('?w');
  expect(recordAndRead([worked, 0, asked], '7d').slice(-1)).toBe('a');
  expect(recordAndRead([0, 0, idle], '7d').slice(-1)).toBe('i');
  expect(recordAndRead([0, 0, 0], '7d').slice(-1)).toBe('-');
  expect(recordAndRead([0, 0, 0], '7d', 2).slice(-1)).toBe('-');
});

test.each([
  ['24h', '2026-02-23T10:45:00.000Z', 96],
  ['7d', '2026-02-17T12:00:00.000Z', 84],
  ['30d', '2026-01-25T16:00:00.000Z', 90],
] as const)('%s begins at a boundary of its periods and ends with that of now', (range, from, periods) => {
  const resolved = resolveRange(range, NOW);
  expect({ from: new Date(resolved.from).toISOString(), periods: resolved.periods }).toEqual({ from, periods });
  const last = resolved.from + (resolved.periods - 1) * resolved.periodMs;
  expect(NOW - last).toBeGreaterThanOrEqual(0);
  expect(NOW - last).toBeLessThan(resolved.periodMs);
});
