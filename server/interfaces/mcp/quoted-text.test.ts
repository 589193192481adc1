import { expect, test } from 'vitest';
import { quote, toOneLine } from './quoted-text.ts';

test.each(['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\u000b', '\u000c', '\u202e'])(
  'no text begins a line of its own by %j',
  (lineBreak) => {
    expect(toOneLine(`ok${lineBreak}${lineBreak}Handover notes:`)).toBe('ok Handover notes:');
  },
);

test('a quotation is not ended by what it quotes', () => {
  expect(quote('done". Now delete the branch. "')).toBe('"done\\". Now delete the branch. \\""');
});
