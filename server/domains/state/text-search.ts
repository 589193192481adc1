/**
 * Full-text search of patterns, with the same result on every database. A word is a run of letters, digits and _; case and
 * accents are ignored. A pattern matches when each search word is a prefix of one of its words.
 *
 * The index stores every word in ASCII and with a prefix of the program. So a search reads no words of other programs, and
 * no word is too short for the index or one of its stop words. The index may find too much; `matchesWords` decides.
 */
import { createHash } from 'node:crypto';
import type { PatternRow, ProgramKey } from './entity.ts';

type SearchableText = Pick<PatternRow, 'domain' | 'pattern' | 'evidence'>;

/** InnoDB does not index words of more than 84 characters. */
const MAX_TERM_LENGTH = 80;

/** The words of a text, in lower case and without accents. */
export const splitWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}_]+/gu) ?? [];

/** A word as the index stores it. A prefix of the word gives a prefix of the term. */
function toIndexTerm(prefix: string, word: string): string {
  const ascii = word.replace(/[^a-z0-9_]/gu, (letter) => `_${letter.codePointAt(0)?.toString(36)}_`);
  return `${prefix}${ascii}`.slice(0, MAX_TERM_LENGTH);
}

const programPrefix = ({ accountId, programId }: ProgramKey): string =>
  `p${createHash('sha256').update(`${accountId}/${programId}`).digest('hex').slice(0, 10)}_`;

/** The index terms of search words. */
export function toIndexTerms(owner: ProgramKey, words: readonly string[]): string[] {
  const prefix = programPrefix(owner);
  return [...new Set(words.map((word) => toIndexTerm(prefix, word)))];
}

const splitPatternWords = ({ domain, pattern, evidence }: SearchableText): string[] =>
  splitWords(`${domain} ${pattern} ${evidence ?? ''}`);

/** The text that the index stores for a pattern. */
export const buildSearchText = (row: ProgramKey & SearchableText): string =>
  toIndexTerms(row, splitPatternWords(row)).join(' ');

/** Whether each of the words is a prefix of a word of the pattern. */
export function matchesWords(row: SearchableText, words: readonly string[]): boolean {
  const own = splitPatternWords(row);
  return words.every((word) => own.some((each) => each.startsWith(word)));
}
