/**
 * What arrives while the database is busy with a batch shares the next one; a lone item goes at once. For writes that is
 * group commit: under load one transaction, and one sync to the disk, serves many. For reads it is one query for many.
 */

/** What became of one item: its result, or the error that is its own. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly since: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchingOptions<Item, Result> {
  /** Does all items together and tells each one's outcome, in their order. Rejects when nothing was done. */
  readonly work: (items: readonly Item[]) => Promise<readonly Outcome<Result>[]>;
  /** True for a failure that is nobody's own, such as a database that is away: it is everybody's. */
  readonly isShared: (error: unknown) => boolean;
  readonly most: number;
  /** Told of every batch: how many items, and how long the first of them had waited, in seconds. */
  readonly onBatch?: (size: number, waitedSeconds: number) => void;
}

export class Batching<Item, Result> {
  #waiting: Waiting<Item, Result>[] = [];
  #isRunning = false;

  constructor(private readonly options: BatchingOptions<Item, Result>) {}

  /** Resolves when the item was done in a batch that began after this call. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, since: performance.now(), resolve, reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // What the same turn of the event loop adds goes together: all whose requests have arrived by now. Without that turn
      // a database that answers within it, as SQLite does, would never find two waiting.
      setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.options.most);
      this.options.onBatch?.(batch.length, (performance.now() - (batch[0]?.since ?? 0)) / 1_000);
      await this.#do(batch);
    }
    this.#isRunning = false;
  }

  async #do(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const outcomes = await this.options.work(batch.map(({ item }) => item));
      for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index]);
    } catch (error) {
      // One item that breaks the batch must not take the others with it: each is tried alone.
      if (batch.length === 1 || this.options.isShared(error)) for (const { reject } of batch) reject(error);
      else for (const waiting of batch) await this.#do([waiting]);
    }
  }
}

function settle<Item, Result>({ resolve, reject }: Waiting<Item, Result>, outcome: Outcome<Result> | undefined): void {
  if (outcome && 'result' in outcome) resolve(outcome.result);
  else reject(outcome?.error ?? new Error('A batch told no outcome'));
}
