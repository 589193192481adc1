/**
 * What credentials stand for, cached for one second so that most requests need no database lookup. An entry invalidated
 * in this process is gone at once; a change made by another process is seen when the entry expires.
 */
import { LRUCache } from 'lru-cache';
import { SECOND } from '../clock.ts';
import { Batcher } from '../database/batcher.ts';

/** Below the two seconds within which every replica must refuse a revoked credential. */
const TTL_MS = 1 * SECOND;
const MAX_ENTRIES = 10_000;
const MAX_BATCH = 500;

/**
 * Lookups for addresses that have sent too many invalid credentials are `suspect`. Each lane runs one query at a time, so
 * a flood of guesses delays only other suspect lookups and never takes more than one query of the database's time.
 */
export type LookupLane = 'normal' | 'suspect';

/** Loads the values of these keys by the deadline (`performance.now()`); keys without one are absent from the result. */
type LoadMany<Value> = (keys: readonly string[], deadline: number) => Promise<ReadonlyMap<string, Value>>;

export class CredentialCache<Value extends object> {
  // Its clock is monotonic: setting the wall clock back must not extend an entry's life.
  readonly #entries = new LRUCache<string, Value>({ max: MAX_ENTRIES, ttl: TTL_MS, ttlResolution: 0 });
  /** Concurrent lookups share a query: the entries of a busy fleet expire together. */
  readonly #loaders = { normal: this.#createLoader(), suspect: this.#createLoader() };
  /** Incremented by every invalidation: a read that began before one must not be cached after it. */
  #generation = 0;

  constructor(private readonly loadMany: LoadMany<Value>) {}

  /** The cached value, or undefined. Never queries. */
  peek(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** The value, from the cache or from the database; null when there is none. */
  async find(key: string, lane: LookupLane = 'normal'): Promise<Value | null> {
    return this.peek(key) ?? (await this.#loaders[lane].add(key));
  }

  /** Drops the entries that match. */
  invalidate(matches: (value: Value, key: string) => boolean): void {
    this.#generation += 1;
    for (const [key, value] of this.#entries.entries()) if (matches(value, key)) this.#entries.delete(key);
  }

  /** Drops everything. */
  clear(): void {
    this.invalidate(() => true);
  }

  #createLoader(): Batcher<string, Value | null> {
    return new Batcher({
      runBatch: (keys, deadline) => this.#load(keys, deadline),
      failsWholeBatch: () => true,
      maxSize: MAX_BATCH,
    });
  }

  async #load(keys: readonly string[], deadline: number) {
    const generation = this.#generation;
    const start = performance.now();
    const found = await this.loadMany([...new Set(keys)], deadline);
    // The age of an entry counts from before the read.
    if (generation === this.#generation) for (const [key, value] of found) this.#entries.set(key, value, { start });
    return keys.map((key) => ({ result: found.get(key) ?? null }));
  }
}

/** Calls `load` with at most as many keys as one query takes, and joins the results. */
export async function loadInBatches<Row>(
  keys: readonly string[],
  load: (batch: readonly string[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < keys.length; from += MAX_BATCH) {
    rows.push(...(await load(keys.slice(from, from + MAX_BATCH))));
  }
  return rows;
}
