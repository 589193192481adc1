/**
 * Batches items that arrive while an earlier batch runs; a single item runs at once. For writes this is group commit: under
 * load many writes share one transaction and one disk sync. For reads many callers share one query.
 */
import { Fault } from '../faults.ts';
import { getDeadline } from '../with-timeout.ts';
import { REQUEST_MS } from './time-limits.ts';

/** The outcome of one item: its result, or an error that concerns this item alone. */
export type BatchOutcome<Result> = { readonly result: Result } | { readonly error: unknown };

interface PendingItem<Item, Result> {
  readonly item: Item;
  readonly queuedAt: number;
  readonly deadline: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatcherOptions<Item, Result> {
  /**
   * Processes all items and returns one outcome per item, in the same order. Rejects when nothing was done. `deadline`
   * (`performance.now()`) is REQUEST_MS after the oldest item was queued.
   */
  readonly runBatch: (items: readonly Item[], deadline: number) => Promise<readonly BatchOutcome<Result>[]>;
  /** Whether this error fails the whole batch (for example, the database is unavailable) rather than one item. */
  readonly failsWholeBatch: (error: unknown) => boolean;
  readonly maxSize: number;
  /** Called for every batch with its size and the time its oldest item has waited, in seconds. */
  readonly onBatch?: (size: number, waitedSeconds: number) => void;
}

export class Batcher<Item, Result> {
  #pending: PendingItem<Item, Result>[] = [];
  #isRunning = false;
  /** When the oldest item of the running batch was queued; null while none runs. */
  #runningSince: number | null = null;

  constructor(private readonly options: BatcherOptions<Item, Result>) {}

  /**
   * Resolves with the item's result, from a batch that started after this call. `queuedAt` (`performance.now()`) is when the
   * caller started to wait. Rejects with the item's own error, or `unavailable` after REQUEST_MS. `deadline` is the request's, after
   * which no batch takes the item up; it does not shorten a batch, which has the items of others.
   */
  add(item: Item, queuedAt = performance.now(), deadline = getDeadline(REQUEST_MS)): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ item, queuedAt, deadline, resolve, reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // Batches everything added in the same event-loop tick. Starting at once would make every batch one item on SQLite,
      // whose queries finish within the tick.
      setImmediate(() => void this.#run());
    });
  }

  /** How long the oldest item has waited, running or queued; 0 when there is none. */
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
      for (const [index, pending] of batch.entries()) settle(pending, outcomes[index]);
    } catch (error) {
      // One bad item must not fail the others: each is retried alone.
      if (batch.length === 1 || this.options.failsWholeBatch(error)) for (const { reject } of batch) reject(error);
      else for (const pending of batch) await this.#runBatch([pending], deadline);
    }
  }
}

/** Rejects an item whose time is over, and returns whether it did. */
function isExpired({ queuedAt, deadline, reject }: PendingItem<unknown, never>): boolean {
  if (performance.now() < Math.min(deadline, queuedAt + REQUEST_MS)) return false;
  reject(new Fault('unavailable', 'The database did not get to it in time. Try again in a moment.'));
  return true;
}

function settle<Item, Result>(
  { resolve, reject }: PendingItem<Item, Result>,
  outcome: BatchOutcome<Result> | undefined,
): void {
  if (outcome && 'result' in outcome) resolve(outcome.result);
  else reject(outcome?.error ?? new Error('The batch returned no outcome for this item'));
}
