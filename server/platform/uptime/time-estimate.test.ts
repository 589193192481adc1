import { expect, test } from 'vitest';
import { TimeEstimate } from './time-estimate.ts';

/** A clock that is 1,000 ahead of the monotonic one. */
const AHEAD = 1_000;

test('the first reading is taken half-way between question and reply', () => {
  const estimate = new TimeEstimate();
  expect(() => estimate.at(0)).toThrow('never read');
  estimate.update(AHEAD + 50, 0, 100);
  expect(estimate.at(200)).toBe(AHEAD + 200);
});

test('a slow reply does not disturb it, and a fast one makes it exact', () => {
  const estimate = new TimeEstimate();
  estimate.update(AHEAD + 900, 0, 1_000);
  expect(estimate.at(0)).toBe(AHEAD + 400);
  estimate.update(AHEAD + 2_001, 2_000, 2_002);
  expect(Math.abs(estimate.at(0) - AHEAD)).toBeLessThanOrEqual(1);
  const exact = estimate.at(0);
  // The clock was read at once, and the reply took five seconds.
  estimate.update(AHEAD + 3_000, 3_000, 8_000);
  expect(Math.abs(estimate.at(0) - exact)).toBeLessThanOrEqual(1);
});

test.each([3_600_000, -3_600_000])('a step of %i ms is followed by the next reading', (step) => {
  const estimate = new TimeEstimate();
  estimate.update(AHEAD, 0, 0);
  estimate.update(AHEAD + 500 + step, 490, 510);
  expect(Math.abs(estimate.at(500) - (AHEAD + 500 + step))).toBeLessThanOrEqual(10);
});
