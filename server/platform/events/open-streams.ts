/** The open streams of this process, and how many of them each key and each account has and may have. */
import { Fault } from '../faults.ts';
import type { EventStream } from './stream.ts';

const MAX_PER_KEY = 50;
const MAX_PER_ACCOUNT = 5_000;
const RETRY_AFTER_SECONDS = 5;

export class OpenStreams {
  readonly #streams = new Set<EventStream>();
  readonly #counts = new Map<string, number>();

  get size(): number {
    return this.#streams.size;
  }

  [Symbol.iterator](): Iterator<EventStream> {
    return [...this.#streams][Symbol.iterator]();
  }

  /** Reserves a place; throws `too-many-requests` when there is none. The function that it returns gives the place back. */
  reserve({ keyId, accountId }: { readonly keyId: string; readonly accountId: string }): () => void {
    const quotas = [
      { counterKey: `key ${keyId}`, owner: 'This key', limit: MAX_PER_KEY },
      { counterKey: `account ${accountId}`, owner: 'This account', limit: MAX_PER_ACCOUNT },
    ];
    for (const { counterKey, owner, limit } of quotas) {
      const active = this.#counts.get(counterKey) ?? 0;
      if (active < limit) continue;
      const detail = `${owner} has ${active} streams open here, which is the limit. Close one of them first.`;
      throw new Fault('too-many-requests', detail, { limit, active, retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    for (const { counterKey: place } of quotas) this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
    let isReserved = true;
    return () => {
      if (!isReserved) return;
      isReserved = false;
      for (const { counterKey } of quotas) {
        const left = (this.#counts.get(counterKey) ?? 1) - 1;
        if (left > 0) this.#counts.set(counterKey, left);
        else this.#counts.delete(counterKey);
      }
    };
  }

  add(stream: EventStream): void {
    this.#streams.add(stream);
  }

  remove(stream: EventStream): void {
    this.#streams.delete(stream);
  }
}
