/** The room that an answer has left, counted in bytes of JSON. */

/**
 * Bytes that one token of a language model is taken to hold. English text has about four characters a token; three is
 * cautious for JSON and right for scripts of three bytes a character.
 */
const BYTES_PER_TOKEN = 3;

export const estimateTokens = (value: unknown): number => Math.ceil(jsonByteLength(value) / BYTES_PER_TOKEN);

const jsonByteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

export class TokenBudget {
  #remainingBytes: number;

  constructor(maxTokens: number) {
    this.#remainingBytes = maxTokens * BYTES_PER_TOKEN;
  }

  /** Takes the room for a value, or takes nothing and says no. */
  tryReserve(value: unknown): boolean {
    const bytes = jsonByteLength(value) + 1; // and the comma after it
    if (bytes > this.#remainingBytes) return false;
    this.#remainingBytes -= bytes;
    return true;
  }

  /** The first items that fit, in their order. */
  fitItems<Item>(items: readonly Item[]): Item[] {
    const end = items.findIndex((item) => !this.tryReserve(item));
    return end < 0 ? [...items] : items.slice(0, end);
  }

  /** As much of a text as fits, cut between characters. */
  fitText(text: string): string {
    if (this.tryReserve(text)) return text;
    const characters = Array.from(text);
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
