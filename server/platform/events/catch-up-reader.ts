/**
 * Reads pages of the table for streams that catch up. That is free for the caller and work for this process, so accounts
 * take turns, each with one page at a time, and after a page its account pauses for as long as the page took.
 */
import { SECOND } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { FairPool } from '../fair-pool.ts';
import { toFrame } from './frame.ts';
import { readSelectedEvents } from './query.ts';
import type { FramePage } from './stream.ts';
import type { EventView } from './view.ts';

const PAGE_SIZE = 500;
const SHARES = { limit: 4, perOwner: 1, reserve: 4 };
const MAX_PAUSE_MS = 1 * SECOND;

export class CatchUpReader {
  readonly #reads = new Map<string, Promise<FramePage | null>>();
  readonly #turns = new FairPool(SHARES);

  constructor(private readonly store: Store) {}

  /** The next page behind a number; null when some of it was deleted. Streams that ask for the same at once share it. */
  readPage(accountId: string, view: EventView, after: number): Promise<FramePage | null> {
    const readKey = `${accountId} ${after} ${view.key}`;
    const running = this.#reads.get(readKey);
    if (running) return running;
    const read = this.#readInTurn(accountId, view, after).finally(() => this.#reads.delete(readKey));
    this.#reads.set(readKey, read);
    return read;
  }

  #readInTurn(accountId: string, { selection }: EventView, after: number): Promise<FramePage | null> {
    return new Promise((resolve, reject) => {
      const turn = this.#turns.run(accountId, async () => {
        const startedAt = performance.now();
        const selected = await this.store.read((manager) =>
          readSelectedEvents(manager, accountId, after, selection, PAGE_SIZE),
        );
        resolve(selected && { frames: selected.events.map(toFrame), upTo: selected.upTo });
        // The stream goes on meanwhile; only the account's next page waits.
        await sleep(Math.min(performance.now() - startedAt, MAX_PAUSE_MS));
      });
      turn.catch(reject);
    });
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
