import { expect, test } from 'vitest';
import { describeDisabledReason, formatAttempt } from './webhook-labels.ts';

const at = '2026-02-24T10:30:00.000Z';

test('an attempt shows the answer and its duration', () => {
  expect(formatAttempt({ at, ms: 42, status: 204, error: null })).toBe('Taken with 204 in 42 ms');
  expect(formatAttempt({ at, ms: 10_040, status: null, error: 'No answer in time.' })).toBe(
    'No answer in time. (10.0 s)',
  );
});

test('an inactive webhook shows the reason', () => {
  expect(describeDisabledReason({ enabled: true, disabledReason: null })).toBeNull();
  expect(describeDisabledReason({ enabled: false, disabledReason: 'failing' })).toContain('Mend the endpoint');
});
