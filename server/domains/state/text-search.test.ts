import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildSearchText, matchesWords, splitWords, toIndexTerms } from './text-search.ts';

const OWNER = { accountId: 'main', programId: 'builder' };
const searchable = (pattern: string) => ({ ...OWNER, domain: 'd', pattern, evidence: null });

test.each([
  ['Check JWT-expiry, please!', ['check', 'jwt', 'expiry', 'please']],
  ['Crème brûlée', ['creme', 'brulee']],
  ['İstanbul ﬁle', ['istanbul', 'file']],
  ['snake_case 42', ['snake_case', '42']],
  ['💚 …', []],
])('the words of %s are %s', (text, words) => {
  expect(splitWords(text)).toEqual(words);
});

test('the index sees ASCII words that are long enough for every database, and never too long', () => {
  const words = buildSearchText(searchable(`a 日本語 ${'y'.repeat(300)}`)).split(' ');
  for (const word of words) expect(word).toMatch(/^p[0-9a-f]{10}_[a-z0-9_]{1,68}$/);
});

test('another program has other words in the index', () => {
  expect(toIndexTerms({ ...OWNER, programId: 'tester' }, ['jwt'])).not.toEqual(toIndexTerms(OWNER, ['jwt']));
});

test('what is right is always found through the index', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(text, text, (pattern, asked) => {
      const words = splitWords(asked);
      if (!matchesWords(searchable(pattern), words)) return;
      const index = buildSearchText(searchable(pattern)).split(' ');
      for (const word of toIndexTerms(OWNER, words)) expect(index.some((each) => each.startsWith(word))).toBe(true);
    }),
  );
  fc.assert(
    fc.property(text, fc.nat(), (pattern, cut) => {
      const words = splitWords(pattern).map((word) => [...word].slice(0, (cut % word.length) + 1).join(''));
      expect(matchesWords(searchable(pattern), words)).toBe(true);
    }),
  );
});
