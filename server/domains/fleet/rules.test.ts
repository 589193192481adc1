import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../platform/clock.ts';
import { formatAge, getHealth } from './rules.ts';

test.each([
  [0, '0s'],
  [999, '0s'],
  [45 * SECOND, '45s'],
  [MINUTE - 1, '59s'],
  [MINUTE, '1m'],
  [2 * MINUTE, '2m'],
  [17 * MINUTE, '17m'],
  [HOUR - 1, '59m'],
  [3 * HOUR, '3h'],
  [DAY - 1, '23h'],
  [2 * DAY, '2d'],
  [1_000 * DAY, '1000d'],
])('an age of %i ms is %s', (ageMs, text) => {
  expect(formatAge(ageMs)).toBe(text);
});

test.each([
  [{ live: 2, active: 1, idle: 0 }, 'healthy'],
  [{ live: 2, active: 1, idle: 1 }, 'healthy'],
  [{ live: 2, active: 0, idle: 0 }, 'stale'],
  [{ live: 2, active: 0, idle: 1 }, 'stale'],
  [{ live: 2, active: 0, idle: 2 }, 'idle'],
  [{ live: 0, active: 0, idle: 0 }, 'offline'],
])('a program with %j is %s', (sessions, health) => {
  expect(getHealth(sessions)).toBe(health);
});
