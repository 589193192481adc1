import { expect, test } from 'vitest';
import { parseLocalDateTime } from './local-date-time.ts';

test('a local time becomes an instant', () => {
  const instant = parseLocalDateTime('2026-02-24T10:30') ?? '';
  expect(new Date(instant).getHours()).toBe(10);
  expect(instant).toMatch(/Z$/);
});

test.each(['', 'yesterday', '2026-99-99T10:00'])('%j in a URL is ignored', (text) => {
  expect(parseLocalDateTime(text)).toBeUndefined();
});
