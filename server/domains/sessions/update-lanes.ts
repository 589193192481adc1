/**
 * Writes session updates in one group commit, except those whose rows another transaction has locked. These wait on separate
 * connections, so that a locked row delays its own session only.
 */
import { Batcher, type BatchOutcome } from '../../platform/database/batcher.ts';
import { RowsLocked } from '../../platform/database/rows-locked.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { SessionDeps } from './open.ts';
import { type UpdateItem, type UpdateResult, updateBatch } from './update-batch.ts';

/** Bounded, because a batch holds its row locks until its commit. */
const MAX_BATCH_SIZE = 256;
/** How long an account bypasses the group commit after one of its rows other than sessions has blocked a batch. */
const BYPASS_MS = 30_000;
/** `blocked`: a lock timeout on a row other than a session's, such as an account's event counter, failed the batch. */
type SharedResult = UpdateResult | 'blocked';

/** The updates that wait for one session's row lock; they share one connection. */
interface Lane {
  readonly updates: Batcher<UpdateItem, UpdateResult>;
  pending: number;
}

export class UpdateLanes {
  readonly #shared: Batcher<UpdateItem, SharedResult>;
  /** By account and session id. */
  readonly #lanes = new Map<string, Lane>();
  /** By account id: until when its updates bypass the group commit (`performance.now()`). */
  readonly #bypassUntil = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly deps: SessionDeps,
    onBatch?: (size: number, waitedSeconds: number) => void,
  ) {
    this.#shared = new Batcher({
      runBatch: (items, deadline) => this.#updateShared(items, deadline),
      failsWholeBatch,
      maxSize: MAX_BATCH_SIZE,
      ...(onBatch && { onBatch }),
    });
  }

  /** Resolves when the update is stored. Throws what `updateBatch` throws, and `unavailable`, at the latest by the deadline. */
  async add(item: UpdateItem, deadline: number): Promise<UpdateResult> {
    const { accountId } = item.principal;
    const key = `${accountId} ${item.sessionId}`;
    const bypasses = this.#lanes.has(key) || this.#isBypassing(accountId);
    const queuedAt = performance.now();
    const updated = bypasses ? 'locked' : await this.#shared.add(item, queuedAt, deadline);
    if (updated !== 'locked' && updated !== 'blocked') return updated;
    try {
      return await this.#addToLane(key, item, queuedAt, deadline);
    } catch (error) {
      if (updated === 'blocked' && error instanceof RowsLocked)
        this.#bypassUntil.set(accountId, performance.now() + BYPASS_MS);
      throw error;
    }
  }

  /** How long the oldest update of the group commit has waited. Updates that wait for row locks do not count. */
  oldestWaitMs(): number {
    return this.#shared.oldestWaitMs();
  }

  async #updateShared(items: readonly UpdateItem[], deadline: number): Promise<BatchOutcome<SharedResult>[]> {
    try {
      return await this.store.write((transaction) => updateBatch(transaction, this.deps, items), {
        deadline,
        retriesLocked: false,
      });
    } catch (error) {
      if (!(error instanceof RowsLocked)) throw error;
      // The locked row is unknown, so each update is retried in its own lane and the group commit continues.
      return items.map(() => ({ result: 'blocked' }));
    }
  }

  #isBypassing(accountId: string): boolean {
    const until = this.#bypassUntil.get(accountId);
    if (until === undefined) return false;
    if (performance.now() < until) return true;
    return !this.#bypassUntil.delete(accountId);
  }

  async #addToLane(key: string, item: UpdateItem, queuedAt: number, deadline: number): Promise<UpdateResult> {
    const queue = this.#lanes.get(key) ?? { updates: this.#createLane(item), pending: 0 };
    this.#lanes.set(key, queue);
    queue.pending += 1;
    try {
      return await queue.updates.add(item, queuedAt, deadline);
    } finally {
      queue.pending -= 1;
      if (queue.pending === 0) this.#lanes.delete(key);
    }
  }

  #createLane({ principal: { accountId }, sessionId }: UpdateItem): Batcher<UpdateItem, UpdateResult> {
    const share = { accountId, resource: `session ${sessionId}` };
    return new Batcher({
      runBatch: (items, deadline) =>
        this.store.bulkhead.run(share, deadline, () =>
          this.store.write((transaction) => updateBatch(transaction, this.deps, items, { waitForLocks: true }), {
            deadline,
          }),
        ),
      failsWholeBatch,
      maxSize: MAX_BATCH_SIZE,
    });
  }
}

/** `updateBatch` returns the refusal of one update as its outcome, so a thrown fault comes from the database. */
const failsWholeBatch = (error: unknown): boolean => error instanceof Fault;
