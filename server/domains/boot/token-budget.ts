/** Cuts an answer to a number of tokens, estimated from the size of its JSON. */

/**
 * Estimated bytes per token of a language model. English has about four characters per token; three is conservative for JSON
 * and right for scripts with three bytes per character.
 */
const BYTES_PER_TOKEN = 3;

export const estimateTokens = (value: unknown): number => Math.ceil(jsonByteLength(value) / BYTES_PER_TOKEN);

const jsonByteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

export class TokenBudget {
  #remainingBytes: number;

  constructor(maxTokens: number) {
    this.#remainingBytes = maxTokens * BYTES_PER_TOKEN;
  }

  /** Reserves space for a value; false, and no change, when it does not fit. */
  tryReserve(value: unknown): boolean {
    const bytes = jsonByteLength(value) + 1; // The comma after it.
    if (bytes > this.#remainingBytes) return false;
    this.#remainingBytes -= bytes;
    return true;
  }

  /** The longest prefix of the list that fits. */
  fitItems<Item>(items: readonly Item[]): Item[] {
    const end = items.findIndex((item) => !this.tryReserve(item));
    return end < 0 ? [...items] : items.slice(0, end);
  }

  /** The longest prefix of the text that fits, cut between characters. */
  fitText(text: string): string {
    if (this.tryReserve(text)) return text;
    const characters = Array.from(text);
    // Binary search for the number of characters that fit.
    let [fits, tooLong] = [0, characters.length];
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      if (jsonByteLength(characters.slice(0, middle).join('')) < this.#remainingBytes) fits = middle;
      else tooLong = middle;
    }
    const cut = characters.slice(0, fits).join('');
    this.tryReserve(cut);
    return cut;
  }
}
