import { expect, test } from 'vitest';
import { priorityText, stateOf, targetText } from './task-words.ts';

test.each([
  [{ state: 'created', outcome: null, expired: false }, 'waiting'],
  [{ state: 'created', outcome: null, expired: true }, 'expired'],
  [{ state: 'claimed', outcome: null, expired: false }, 'claimed'],
  // Taken in its time: that it would have expired since says nothing.
  [{ state: 'claimed', outcome: null, expired: true }, 'claimed'],
  [{ state: 'completed', outcome: 'failed', expired: true }, 'failed'],
] as const)('%j reads %s', (task, word) => {
  expect(stateOf(task)).toBe(word);
});

test('a target and a priority are told in words', () => {
  expect(targetText('*')).toBe('Any program');
  expect(targetText('builder')).toBe('builder');
  expect([1, 3, 5].map(priorityText)).toEqual(['Lowest', 'Normal', 'Urgent']);
});
