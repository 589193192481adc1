import { expect, test } from 'vitest';
import { revealHidden } from './visible-text.js';

test('lines, indentation and letters of every script stay', () => {
  const text = 'rm -rf build &&\n\tnpm publish  # Größe, 大きさ, حجم';
  expect(revealHidden(text)).toBe(text);
  expect(revealHidden('one\r\ntwo')).toBe('one\ntwo');
});

test.each([
  ['an escape sequence', 'ls\u001b[2K', 'ls\\u{1b}[2K'],
  ['a return to the start of the line', 'rm -rf ~\recho hi', 'rm -rf ~\\u{d}echo hi'],
  ['a turned direction', 'a\u202eb', 'a\\u{202e}b'],
  ['a space without width', 'a\u200bb', 'a\\u{200b}b'],
  ['an invisible letter', 'a\u{e0041}b', 'a\\u{e0041}b'],
  ['a line break that not everybody sees', 'a\u2028b\u0085c', 'a\\u{2028}b\\u{85}c'],
])('%s is shown as its escape', (_what, text, shown) => expect(revealHidden(text)).toBe(shown));
