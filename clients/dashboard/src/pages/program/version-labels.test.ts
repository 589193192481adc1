import { expect, test } from 'vitest';
import { formatCause, formatChanges } from './version-labels.ts';

test('a restored version names its source', () => {
  expect(formatCause({ cause: 'restore', restoredVersion: 3 })).toBe('Went back to version 3');
  expect(formatCause({ cause: 'write', restoredVersion: null })).toBe('Written');
});

test('a write is described by its sections and counts', () => {
  const none = { sections: [], patternsAdded: 0, patternsChanged: 0, patternsRemoved: 0 };
  expect(formatChanges(none)).toBe('no change');
  expect(formatChanges({ ...none, sections: ['contextSummary'], patternsAdded: 1, patternsChanged: 2 })).toBe(
    'context summary, 1 pattern added, 2 patterns changed',
  );
});
