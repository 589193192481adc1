/** The room that an answer has left, counted in bytes of JSON. */

/**
 * Bytes that one token of a language model is taken to hold. English text has about four characters a token; three is
 * cautious for JSON and right for scripts of three bytes a character.
 */
const BYTES_A_TOKEN = 3;

export const tokensOf = (value: unknown): number => Math.ceil(bytesOf(value) / BYTES_A_TOKEN);

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

export class Budget {
  #left: number;

  constructor(maxTokens: number) {
    this.#left = maxTokens * BYTES_A_TOKEN;
  }

  /** Takes the room for a value, or takes nothing and says no. */
  take(value: unknown): boolean {
    const bytes = bytesOf(value) + 1; // and the comma after it
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  /** The first items that fit, in their order. */
  takeList<Item>(items: readonly Item[]): Item[] {
    const end = items.findIndex((item) => !this.take(item));
    return end < 0 ? [...items] : items.slice(0, end);
  }

  /** As much of a text as fits, cut between characters. */
  takeText(text: string): string {
    if (this.take(text)) return text;
    const characters = Array.from(text);
    let [fits, tooLong] = [0, characters.length];
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      if (bytesOf(characters.slice(0, middle).join('')) < this.#left) fits = middle;
      else tooLong = middle;
    }
    const cut = characters.slice(0, fits).join('');
    this.take(cut);
    return cut;
  }
}
