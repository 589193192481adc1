/**
 * What arrives while the database is busy with a batch shares the next one; a lone item goes at once. For writes that is
 * group commit: under load one transaction, and one sync to the disk, serves many. For reads it is one query for many.
 */
import { Fault } from '../faults.ts';
import { REQUEST_MS } from './time-limits.ts';

/** What became of one item: its result, or the error that is its own. */
export type BatchOutcome<Result> = { readonly result: Result } | { readonly error: unknown };

interface PendingItem<Item, Result> {
  readonly item: Item;
  readonly queuedAt: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatcherOptions<Item, Result> {
  /**
   * Does all items together and tells each one's outcome, in their order. Rejects when nothing was done. The deadline
   * (`performance.now()`) is that of the item that has waited longest.
   */
  readonly runBatch: (items: readonly Item[], deadline: number) => Promise<readonly BatchOutcome<Result>[]>;
  /** True for a failure that is nobody's own, such as a database that is away: it is everybody's. */
  readonly failsWholeBatch: (error: unknown) => boolean;
  readonly maxSize: number;
  /** Told of every batch: how many items, and how long the first of them had waited, in seconds. */
  readonly onBatch?: (size: number, waitedSeconds: number) => void;
}

export class Batcher<Item, Result> {
  #pending: PendingItem<Item, Result>[] = [];
  #isRunning = false;
  /** Since when the first item of the batch under way waits. */
  #runningSince: number | null = null;

  constructor(private readonly options: BatcherOptions<Item, Result>) {}

  /**
   * Resolves when the item was done in a batch that began after this call. `since` (`performance.now()`) is when its caller
   * began to wait.
   */
  add(item: Item, queuedAt = performance.now()): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ item, queuedAt, resolve, reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // What the same turn of the event loop adds goes together: all whose requests have arrived by now. Without that turn
      // a database that answers within it, as SQLite does, would never find two waiting.
      setImmediate(() => void this.#run());
    });
  }

  /** For how long the item that came first has waited, under way or not; 0 when none does. */
  oldestWaitMs(): number {
    const since = this.#runningSince ?? this.#pending[0]?.queuedAt;
    return since === undefined ? 0 : performance.now() - since;
  }

  async #run(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0, this.options.maxSize).filter((pending) => !isExpired(pending));
      const since = batch[0]?.queuedAt;
      if (since === undefined) continue;
      this.#runningSince = since;
      this.options.onBatch?.(batch.length, (performance.now() - since) / 1_000);
      await this.#runBatch(batch, since + REQUEST_MS);
      this.#runningSince = null;
    }
    this.#isRunning = false;
  }

  async #runBatch(batch: readonly PendingItem<Item, Result>[], deadline: number): Promise<void> {
    try {
      const outcomes = await this.options.runBatch(
        batch.map(({ item }) => item),
        deadline,
      );
      for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index]);
    } catch (error) {
      // One item that breaks the batch must not take the others with it: each is tried alone.
      if (batch.length === 1 || this.options.failsWholeBatch(error)) for (const { reject } of batch) reject(error);
      else for (const waiting of batch) await this.#runBatch([waiting], deadline);
    }
  }
}

/** Rejects an item whose caller has waited for as long as anybody does. */
function isExpired({ queuedAt, reject }: PendingItem<unknown, never>): boolean {
  if (performance.now() - queuedAt < REQUEST_MS) return false;
  reject(new Fault('unavailable', 'The database did not get to it in time. Try again in a moment.'));
  return true;
}

function settle<Item, Result>(
  { resolve, reject }: PendingItem<Item, Result>,
  outcome: BatchOutcome<Result> | undefined,
): void {
  if (outcome && 'result' in outcome) resolve(outcome.result);
  else reject(outcome?.error ?? new Error('A batch told no outcome'));
}
