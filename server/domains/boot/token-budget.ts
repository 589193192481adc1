/** Cuts texts and lists to sizes, and divides a budget among parts. Sizes are bytes of JSON. Pure functions. */

/**
 * Estimated bytes per token of a language model. English has about four characters per token; three is conservative for JSON
 * and right for scripts with three bytes per character.
 */
export const BYTES_PER_TOKEN = 3;

export const estimateTokens = (value: unknown): number => Math.ceil(jsonByteLength(value) / BYTES_PER_TOKEN);

export const jsonByteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The size of an item in a list or object, with the comma after it. */
export const itemSize = (item: unknown): number => jsonByteLength(item) + 1;

/** The longest prefix of the list that fits. */
export function fitItems<Item>(items: readonly Item[], bytes: number): Item[] {
  let left = bytes;
  const end = items.findIndex((item) => {
    left -= itemSize(item);
    return left < 0;
  });
  return end < 0 ? [...items] : items.slice(0, end);
}

/** The longest prefix of the text that fits, cut between characters. */
export function fitText(text: string, bytes: number): string {
  if (itemSize(text) <= bytes) return text;
  const characters = Array.from(text);
  // Binary search for the number of characters that fit.
  let [fits, tooLong] = [0, characters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (itemSize(characters.slice(0, middle).join('')) <= bytes) fits = middle;
    else tooLong = middle;
  }
  return characters.slice(0, fits).join('');
}

export interface Demand {
  /** The size of all that the part has to say. */
  readonly size: number;
  /** What the part gets before any other gets more than its own floor. */
  readonly floor: number;
}

/** Divides the budget: to each part its floor, as far as it needs it, and the rest to the parts in the order of `rest`. */
export function divide<Part extends string>(
  budget: number,
  demands: Readonly<Record<Part, Demand>>,
  rest: readonly Part[],
): Record<Part, number> {
  const names = Object.keys(demands) as Part[];
  const shares = {} as Record<Part, number>;
  let left = budget;
  const give = (name: Part, bytes: number): void => {
    const given = Math.max(0, Math.min(bytes, left, demands[name].size - (shares[name] ?? 0)));
    shares[name] = (shares[name] ?? 0) + given;
    left -= given;
  };
  for (const name of names) give(name, demands[name].floor);
  for (const name of rest) give(name, demands[name].size);
  return shares;
}
