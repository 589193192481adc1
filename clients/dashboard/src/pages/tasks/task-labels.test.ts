import { expect, test } from 'vitest';
import { formatPriority, formatTarget, getTaskState } from './task-labels.ts';

test.each([
  [{ state: 'created', outcome: null, expired: false }, 'waiting'],
  [{ state: 'created', outcome: null, expired: true }, 'expired'],
  [{ state: 'claimed', outcome: null, expired: false }, 'claimed'],
  // Taken in its time: that it would have expired since says nothing.
  [{ state: 'claimed', outcome: null, expired: true }, 'claimed'],
  [{ state: 'completed', outcome: 'failed', expired: true }, 'failed'],
] as const)('%j reads %s', (task, word) => {
  expect(getTaskState(task)).toBe(word);
});

test('labels of targets and priorities', () => {
  expect(formatTarget('*')).toBe('Any program');
  expect(formatTarget('builder')).toBe('builder');
  expect([1, 3, 5].map(formatPriority)).toEqual(['Lowest', 'Normal', 'Urgent']);
});
