/** Estimates from the bytes of a JSON text how many values parsing would create, before it is parsed. Pure. */

export interface BodyShape {
  /** Commas, arrays and objects outside strings. The text has at most one value more than that. */
  readonly marks: number;
  /** Nesting depth of arrays and objects. */
  readonly depth: number;
}

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
