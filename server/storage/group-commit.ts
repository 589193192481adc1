/**
 * Group commit: writes that arrive while a transaction is under way share the next one. A lone write goes at once; under
 * load one commit, and one sync to the disk, serves many.
 */

/** What became of one item: its result, or the error that is its own. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly since: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<Item, Result> {
  /** Stores all items in one transaction and tells each one's outcome, in their order. Rejects when nothing was stored. */
  readonly commit: (items: readonly Item[]) => Promise<readonly Outcome<Result>[]>;
  /** True for a failure that is nobody's own, such as a database that is away: it is everybody's. */
  readonly isShared: (error: unknown) => boolean;
  readonly most: number;
  /** Told of every batch: how many items, and how long the first of them had waited, in seconds. */
  readonly onBatch?: (size: number, waitedSeconds: number) => void;
}

export class GroupCommit<Item, Result> {
  #waiting: Waiting<Item, Result>[] = [];
  #isRunning = false;

  constructor(private readonly options: GroupCommitOptions<Item, Result>) {}

  /** Resolves when the item is stored durably. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, since: performance.now(), resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.options.most);
      this.options.onBatch?.(batch.length, (performance.now() - (batch[0]?.since ?? 0)) / 1_000);
      await this.#commit(batch);
    }
    this.#isRunning = false;
  }

  async #commit(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const outcomes = await this.options.commit(batch.map(({ item }) => item));
      for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index]);
    } catch (error) {
      // One item that breaks the transaction must not take the others with it: each is tried alone.
      if (batch.length === 1 || this.options.isShared(error)) for (const { reject } of batch) reject(error);
      else for (const waiting of batch) await this.#commit([waiting]);
    }
  }
}

function settle<Item, Result>({ resolve, reject }: Waiting<Item, Result>, outcome: Outcome<Result> | undefined): void {
  if (outcome && 'result' in outcome) resolve(outcome.result);
  else reject(outcome?.error ?? new Error('A group commit told no outcome'));
}
