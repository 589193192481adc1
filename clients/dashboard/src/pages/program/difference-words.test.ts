import { expect, test } from 'vitest';
import { pathOf, valueText } from './difference-words.ts';

test.each([
  ['/contextSummary/lastTask', 'Context summary › last task'],
  ['/learnedPatterns/p-1/lastReinforcedAt', 'Pattern › p-1 › last reinforced at'],
  ['/decay/contextSummaryTTLDays', 'Ageing › context summary TTL days'],
  ['/config/toolPreferences/a~1b~0c', 'Settings › tool preferences › a/b~c'],
  ['/learnedPatterns/aB', 'Pattern › aB'],
])('%s reads %s', (pointer, path) => {
  expect(pathOf(pointer)).toBe(path);
});

test('values are text', () => {
  expect(valueText(null)).toBeNull();
  expect(valueText(['one', 'two'])).toBe('• one\n• two');
  expect(valueText([])).toBe('(empty list)');
  expect(valueText(0.5)).toBe('0.5');
  expect(valueText({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
});
