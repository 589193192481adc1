/** How much would be made of a JSON text, known from its bytes before anything is made of it. Pure. */

export interface BodyShape {
  /** The commas, lists and objects outside of texts: there are no more values than that, and one. */
  readonly marks: number;
  /** How deep lists and objects stand in one another. */
  readonly depth: number;
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...Buffer.from('"\\,[]{}')];

/** Texts are mostly short; in a long one Node finds the next quote faster than a loop does. */
const WALKED = 64;

/** Beyond one of the limits it need not be known how far. */
export function measureShape(json: Buffer, most: BodyShape): BodyShape {
  let [marks, depth, level] = [0, 0, 0];
  for (let at = 0; at < json.length && marks <= most.marks && depth <= most.depth; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = findStringEnd(json, at + 1);
    else if (byte === COMMA) marks += 1;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      marks += 1;
      level += 1;
      if (level > depth) depth = level;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) level -= 1;
  }
  return { marks, depth };
}

/** Where the quote stands that ends the text. */
function findStringEnd(json: Buffer, start: number): number {
  for (let at = start; ; ) {
    for (const end = at + WALKED; at < end; at += 1) {
      if (json[at] === QUOTE || at >= json.length) return at;
      if (json[at] === BACKSLASH) at += 1;
    }
    const quote = json.indexOf(QUOTE as number, at);
    if (quote < 0) return json.length;
    if (!isEscaped(json, at, quote)) return quote;
    at = quote + 1;
  }
}

/** Whether an odd number of backslashes stands before a place, and not before `start`. */
function isEscaped(json: Buffer, start: number, place: number): boolean {
  let first = place;
  while (first > start && json[first - 1] === BACKSLASH) first -= 1;
  return (place - first) % 2 === 1;
}
