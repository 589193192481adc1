/**
 * What arrives while the database is busy with a batch shares the next one; a lone item goes at once. For writes that is
 * group commit: under load one transaction, and one sync to the disk, serves many. For reads it is one query for many.
 */

/** What became of one item: its result, or the error that is its own. */
export type BatchOutcome<Result> = { readonly result: Result } | { readonly error: unknown };

interface PendingItem<Item, Result> {
  readonly item: Item;
  readonly queuedAt: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatcherOptions<Item, Result> {
  /** Does all items together and tells each one's outcome, in their order. Rejects when nothing was done. */
  readonly runBatch: (items: readonly Item[]) => Promise<readonly BatchOutcome<Result>[]>;
  /** True for a failure that is nobody's own, such as a database that is away: it is everybody's. */
  readonly failsWholeBatch: (error: unknown) => boolean;
  readonly maxSize: number;
  /** Told of every batch: how many items, and how long the first of them had waited, in seconds. */
  readonly onBatch?: (size: number, waitedSeconds: number) => void;
}

export class Batcher<Item, Result> {
  #pending: PendingItem<Item, Result>[] = [];
  #isRunning = false;

  constructor(private readonly options: BatcherOptions<Item, Result>) {}

  /** Resolves when the item was done in a batch that began after this call. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ item, queuedAt: performance.now(), resolve, reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // What the same turn of the event loop adds goes together: all whose requests have arrived by now. Without that turn
      // a database that answers within it, as SQLite does, would never find two waiting.
      setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0, this.options.maxSize);
      this.options.onBatch?.(batch.length, (performance.now() - (batch[0]?.queuedAt ?? 0)) / 1_000);
      await this.#runBatch(batch);
    }
    this.#isRunning = false;
  }

  async #runBatch(batch: readonly PendingItem<Item, Result>[]): Promise<void> {
    try {
      const outcomes = await this.options.runBatch(batch.map(({ item }) => item));
      for (const [index, pending] of batch.entries()) settle(pending, outcomes[index]);
    } catch (error) {
      // One item that breaks the batch must not take the others with it: each is tried alone.
      if (batch.length === 1 || this.options.failsWholeBatch(error)) for (const { reject } of batch) reject(error);
      else for (const pending of batch) await this.#runBatch([pending]);
    }
  }
}

function settle<Item, Result>(
  { resolve, reject }: PendingItem<Item, Result>,
  outcome: BatchOutcome<Result> | undefined,
): void {
  if (outcome && 'result' in outcome) resolve(outcome.result);
  else reject(outcome?.error ?? new Error('A batch told no outcome'));
}
