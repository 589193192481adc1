import { expect, test } from 'vitest';
import { displayWidth, wrap } from './text.ts';

test('a line is broken between words, and keeps its indentation', () => {
  expect(wrap('short', 20)).toEqual(['short']);
  expect(wrap('  one two three four', 11)).toEqual(['  one two', '  three', '  four']);
});

test('a word without room is broken itself, and nothing of it is lost', () => {
  const lines = wrap(`see ${'漢字'.repeat(20)} end`, 17);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(17);
  expect(lines.join('').replaceAll(' ', '')).toBe(`see${'漢字'.repeat(20)}end`);
});
