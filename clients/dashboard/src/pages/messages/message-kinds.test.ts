import { expect, test } from 'vitest';
import { getReplyKind, parseMessageKind } from './message-kinds.ts';

test.each([
  ['PING', 'PONG'],
  ['QUERY', 'RESULT'],
  ['STATUS', 'DIRECTIVE'],
] as const)('an answer to %s is a %s unless its writer says otherwise', (asked, answer) => {
  expect(getReplyKind(asked)).toBe(answer);
});

test('an address that names no kind chooses none', () => {
  expect(parseMessageKind('QUERY')).toBe('QUERY');
  expect(parseMessageKind('query')).toBeUndefined();
});
