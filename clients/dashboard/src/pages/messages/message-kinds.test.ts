import { expect, test } from 'vitest';
import { getReplyKind, parseMessageKind } from './message-kinds.ts';

test.each([
  ['PING', 'PONG'],
  ['QUERY', 'RESULT'],
  ['STATUS', 'DIRECTIVE'],
] as const)('an answer to %s is a %s unless its writer says otherwise', (asked, answer) => {
  expect(getReplyKind(asked)).toBe(answer);
});

test('a URL without a known kind selects none', () => {
  expect(parseMessageKind('QUERY')).toBe('QUERY');
  expect(parseMessageKind('query')).toBeUndefined();
});
