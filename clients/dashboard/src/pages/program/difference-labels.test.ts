import { expect, test } from 'vitest';
import { formatPath, formatValue } from './difference-labels.ts';

test.each([
  ['/contextSummary/lastTask', 'Context summary › last task'],
  ['/learnedPatterns/p-1/lastReinforcedAt', 'Pattern › p-1 › last reinforced at'],
  ['/decay/contextSummaryTTLDays', 'Ageing › context summary TTL days'],
  ['/config/toolPreferences/a~1b~0c', 'Settings › tool preferences › a/b~c'],
  ['/learnedPatterns/aB', 'Pattern › aB'],
])('%s reads %s', (pointer, path) => {
  expect(formatPath(pointer)).toBe(path);
});

test('values become text', () => {
  expect(formatValue(null)).toBeNull();
  expect(formatValue(['one', 'two'])).toBe('• one\n• two');
  expect(formatValue([])).toBe('(empty list)');
  expect(formatValue(0.5)).toBe('0.5');
  expect(formatValue({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
});
