/**
 * Searching patterns by words, the same on every database. A word is a run of letters, digits and _; case and marks
 * (accents) do not count. A pattern is found when each asked word begins one of its words.
 *
 * The index sees every word in ASCII and behind a mark of the program, so that a search reads no other program's words,
 * and that no word is too short for the index or one that it leaves out. It finds no less than what is right; `hasWords` decides.
 */
import { createHash } from 'node:crypto';
import type { PatternRow } from './entity.ts';

type ProgramKey = Pick<PatternRow, 'accountId' | 'programId'>;
type SearchableText = Pick<PatternRow, 'domain' | 'pattern' | 'evidence'>;

/** InnoDB leaves out words of more than 84 characters. */
const MAX_TERM_LENGTH = 80;

/** The words of a text in their plain form. */
export const splitWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}_]+/gu) ?? [];

/** A word as the index knows it. What begins a word begins the word's form here too. */
function toIndexTerm(prefix: string, word: string): string {
  const ascii = word.replace(/[^a-z0-9_]/gu, (letter) => `_${letter.codePointAt(0)?.toString(36)}_`);
  return `${prefix}${ascii}`.slice(0, MAX_TERM_LENGTH);
}

const programPrefix = ({ accountId, programId }: ProgramKey): string =>
  `p${createHash('sha256').update(`${accountId}/${programId}`).digest('hex').slice(0, 10)}_`;

/** The words to look for in the index. */
export function toIndexTerms(owner: ProgramKey, words: readonly string[]): string[] {
  const prefix = programPrefix(owner);
  return [...new Set(words.map((word) => toIndexTerm(prefix, word)))];
}

const splitPatternWords = ({ domain, pattern, evidence }: SearchableText): string[] =>
  splitWords(`${domain} ${pattern} ${evidence ?? ''}`);

/** What a pattern is found by. */
export const buildSearchText = (row: ProgramKey & SearchableText): string =>
  toIndexTerms(row, splitPatternWords(row)).join(' ');

/** Whether each of the words begins a word of the pattern. */
export function matchesWords(row: SearchableText, words: readonly string[]): boolean {
  const own = splitPatternWords(row);
  return words.every((word) => own.some((each) => each.startsWith(word)));
}
