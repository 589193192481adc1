/** What can be told of a JSON text from its bytes, before it is parsed. */
import { isExactNumber } from '../exact-number.ts';

export interface BodyShape {
  /** Commas, arrays and objects outside strings. The text has at most one value more than that. */
  readonly marks: number;
  /** Nesting depth of arrays and objects. */
  readonly depth: number;
}

// The shape is estimated from the bytes of the text, before it is parsed.

const [QUOTE, BACKSLASH, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...Buffer.from('"\\,[]{}')];

/** Most strings are short, and a loop is fastest. Beyond this many bytes `indexOf` finds the next quote faster. */
const LOOP_BYTES = 64;

/** Stops as soon as a limit is exceeded, so the result may be lower than the whole text's shape. */
export function measureShape(json: Buffer, limit: BodyShape): BodyShape {
  let [marks, depth, level] = [0, 0, 0];
  for (let at = 0; at < json.length && marks <= limit.marks && depth <= limit.depth; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = findStringEnd(json, at + 1);
    else if (byte === COMMA) marks += 1;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      marks += 1;
      level += 1;
      if (level > depth) depth = level;
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) level -= 1;
  }
  return { marks, depth };
}

/** The index of the quote that closes the string; the length of `json` if it is never closed. */
function findStringEnd(json: Buffer, start: number): number {
  for (let at = start; ; ) {
    for (const end = at + LOOP_BYTES; at < end; at += 1) {
      if (json[at] === QUOTE || at >= json.length) return at;
      if (json[at] === BACKSLASH) at += 1;
    }
    const quote = json.indexOf(QUOTE as number, at);
    if (quote < 0) return json.length;
    if (!isEscaped(json, at, quote)) return quote;
    at = quote + 1;
  }
}

/** Whether an odd number of backslashes, none of them before `start`, precedes `index`. */
function isEscaped(json: Buffer, start: number, index: number): boolean {
  let first = index;
  while (first > start && json[first - 1] === BACKSLASH) first -= 1;
  return (index - first) % 2 === 1;
}

/** Of a number's text. Reading one takes time that grows with its length, and none that reads back exactly has so many digits. */
export const MAX_NUMBER_LENGTH = 400;

const NUMBER_BYTES: ReadonlySet<number> = new Set(Buffer.from('0123456789+-.eE'));
const [MINUS, ZERO, NINE] = [...Buffer.from('-09')] as [number, number, number];

/** The first number that would be read as another one, or is longer than any may be; null when there is none. Of a longer one, its start. */
export function findUnfitNumber(json: Buffer): string | null {
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] as number;
    if (byte === QUOTE) at = findStringEnd(json, at + 1);
    else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) {
      const start = at;
      while (NUMBER_BYTES.has(json[at + 1] as number) && at - start < MAX_NUMBER_LENGTH) at += 1;
      const text = json.toString('latin1', start, at + 1);
      if (text.length > MAX_NUMBER_LENGTH) return text;
      if (!isCertainlyExact(text) && !isExactNumber(text)) return text;
    }
  }
  return null;
}

/** Every decimal of up to 15 digits reads back as it was (IEEE 754 binary64). */
const isCertainlyExact = (text: string): boolean => text.length <= 15 && !/e/i.test(text);
