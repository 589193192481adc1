import { expect, test } from 'vitest';
import { causeText, changesText } from './version-words.ts';

test('a restoration says where it went', () => {
  expect(causeText({ cause: 'restore', restoredVersion: 3 })).toBe('Went back to version 3');
  expect(causeText({ cause: 'write', restoredVersion: null })).toBe('Written');
});

test('what a write changed is told by sections and counts', () => {
  const none = { sections: [], patternsAdded: 0, patternsChanged: 0, patternsRemoved: 0 };
  expect(changesText(none)).toBe('no change');
  expect(changesText({ ...none, sections: ['contextSummary'], patternsAdded: 1, patternsChanged: 2 })).toBe(
    'context summary, 1 pattern added, 2 patterns changed',
  );
});
