import { expect, test } from 'vitest';
import { answerKind, kindOf } from './kinds.ts';

test.each([
  ['PING', 'PONG'],
  ['QUERY', 'RESULT'],
  ['STATUS', 'DIRECTIVE'],
] as const)('an answer to %s is a %s unless its writer says otherwise', (asked, answer) => {
  expect(answerKind(asked)).toBe(answer);
});

test('an address that names no kind chooses none', () => {
  expect(kindOf('QUERY')).toBe('QUERY');
  expect(kindOf('query')).toBeUndefined();
});
