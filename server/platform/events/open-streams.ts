/** The open streams of this process, by key and by account; each key and account may have so many. */
import { Fault } from '../faults.ts';
import type { Stream } from './stream.ts';

const PER_KEY = 50;
const PER_ACCOUNT = 5_000;
const RETRY_AFTER_SECONDS = 5;

export class OpenStreams {
  readonly #streams = new Set<Stream>();
  readonly #counts = new Map<string, number>();

  get size(): number {
    return this.#streams.size;
  }

  [Symbol.iterator](): Iterator<Stream> {
    return [...this.#streams][Symbol.iterator]();
  }

  get keyIds(): readonly string[] {
    return [...new Set([...this.#streams].map((stream) => stream.keyId))];
  }

  /** Those that were opened by a cookie. */
  get webSessions(): readonly string[] {
    return [...new Set([...this.#streams].flatMap((stream) => stream.webSession ?? []))];
  }

  /** Takes a place for one more; throws `too-many-requests` when there is none. What it returns gives the place back. */
  reserve({ keyId, accountId }: { readonly keyId: string; readonly accountId: string }): () => void {
    const places = [
      { place: `key ${keyId}`, who: 'This key', limit: PER_KEY },
      { place: `account ${accountId}`, who: 'This account', limit: PER_ACCOUNT },
    ];
    for (const { place, who, limit } of places) {
      const active = this.#counts.get(place) ?? 0;
      if (active < limit) continue;
      const detail = `${who} has ${active} streams open here, which is the limit. Close one of them first.`;
      throw new Fault('too-many-requests', detail, { limit, active, retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    for (const { place } of places) this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      for (const { place } of places) {
        const left = (this.#counts.get(place) ?? 1) - 1;
        if (left > 0) this.#counts.set(place, left);
        else this.#counts.delete(place);
      }
    };
  }

  add(stream: Stream): void {
    this.#streams.add(stream);
  }

  remove(stream: Stream): void {
    this.#streams.delete(stream);
  }
}
