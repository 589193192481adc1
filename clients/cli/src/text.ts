/** Text that came from elsewhere, made fit for a terminal; and how wide it is there. */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** Marks that turn the direction of what follows: a name could dress up as another with them. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;

/** One line without anything that a terminal would obey: agents write names and statuses, and a person reads them. */
export const oneLine = (text: string): string =>
  stripVTControlCharacters(text).replace(DIRECTIONS, '').replace(CONTROLS, ' ').trim();

/** The same for text of several lines. */
export const manyLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => oneLine(line.replaceAll('\t', '  ')))
    .join('\n');

export const displayWidth = (text: string): number => stringWidth(text);

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most so many columns wide; what is cut off is an ellipsis. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return '';
  let result = '';
  let used = 0;
  for (const { segment } of letters.segment(text)) {
    const wide = displayWidth(segment);
    if (used + wide > width - 1) break;
    result += segment;
    used += wide;
  }
  return `${result}…`;
}

export const padTo = (text: string, width: number, side: 'left' | 'right' = 'left'): string => {
  const room = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return side === 'left' ? text + room : room + text;
};

/** `1 session`, `2 sessions` */
export const pluralize = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** A line as lines of at most so many columns, broken between words where that goes; its indentation is kept. */
export function wrap(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<= )/)) {
    if (current.trim() !== '' && displayWidth((current + word).trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = indent;
    }
    current += word;
    while (displayWidth(current.trimEnd()) > width) {
      const part = truncate(current, width + 1).slice(0, -1);
      if (part.trim() === '') break;
      lines.push(part);
      current = indent + current.slice(part.length);
    }
  }
  return [...lines, current.trimEnd()];
}
