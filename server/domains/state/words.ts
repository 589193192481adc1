/**
 * Searching patterns by words, the same on every database. A word is a run of letters, digits and _; case and marks
 * (accents) do not count. A pattern is found when each asked word begins one of its words.
 *
 * The index sees every word in ASCII and behind a mark of the program, so that a search reads no other program's words,
 * and that no word is too short for the index or one that it leaves out. It finds no less than what is right; `hasWords` decides.
 */
import { createHash } from 'node:crypto';
import type { PatternRow } from './entity.ts';

type Owner = Pick<PatternRow, 'accountId' | 'programId'>;
type Told = Pick<PatternRow, 'domain' | 'pattern' | 'evidence'>;

/** InnoDB leaves out words of more than 84 characters. */
const LONGEST = 80;

/** The words of a text in their plain form. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}_]+/gu) ?? [];

/** A word as the index knows it. What begins a word begins the word's form here too. */
function indexed(mark: string, word: string): string {
  const ascii = word.replace(/[^a-z0-9_]/gu, (letter) => `_${letter.codePointAt(0)?.toString(36)}_`);
  return `${mark}${ascii}`.slice(0, LONGEST);
}

const markOf = ({ accountId, programId }: Owner): string =>
  `p${createHash('sha256').update(`${accountId}/${programId}`).digest('hex').slice(0, 10)}_`;

/** The words to look for in the index. */
export function indexWords(owner: Owner, words: readonly string[]): string[] {
  const mark = markOf(owner);
  return [...new Set(words.map((word) => indexed(mark, word)))];
}

const allWords = ({ domain, pattern, evidence }: Told): string[] => wordsOf(`${domain} ${pattern} ${evidence ?? ''}`);

/** What a pattern is found by. */
export const searchText = (row: Owner & Told): string => indexWords(row, allWords(row)).join(' ');

/** Whether each of the words begins a word of the pattern. */
export function hasWords(row: Told, words: readonly string[]): boolean {
  const own = allWords(row);
  return words.every((word) => own.some((each) => each.startsWith(word)));
}
