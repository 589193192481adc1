/**
 * How updates of sessions reach the database: all in one group commit, except those whose rows another transaction holds. They
 * wait for their rows on connections of their own, so that a locked row delays its own session alone.
 */

import { Batcher, type BatchOutcome } from '../../platform/database/batcher.ts';
import { RowsLocked } from '../../platform/database/rows-locked.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { SessionDeps } from './open.ts';
import { type UpdateResult, updateBatch } from './update-batch.ts';
import type { UpdateItem } from './update-steps.ts';

/** Locks of a batch are held until its commit, so a batch is bounded. */
const MAX_BATCH_SIZE = 256;
/** For how long an account stays out of the group commit after that has waited in vain for one of its other rows. */
const BYPASS_MS = 30_000;
/** `blocked`: the batch waited in vain for a row that is no session's, such as an account's counter of events. */
type SharedResult = UpdateResult | 'blocked';

/** The updates of one session that wait for its row: they share one connection. */
interface Lane {
  readonly updates: Batcher<UpdateItem, UpdateResult>;
  pending: number;
}

export class UpdateLanes {
  readonly #shared: Batcher<UpdateItem, SharedResult>;
  /** By the session's key. */
  readonly #lanes = new Map<string, Lane>();
  /** Until when an account's updates go aside (`performance.now()`). */
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

  /** Resolves when the update is stored. Throws what `updateBatch` throws, and `unavailable`. */
  async add(item: UpdateItem): Promise<UpdateResult> {
    const { accountId } = item.principal;
    const key = `${accountId} ${item.sessionId}`;
    const bypasses = this.#lanes.has(key) || this.#isBypassing(accountId);
    const since = performance.now();
    const updated = bypasses ? 'locked' : await this.#shared.add(item, since);
    if (updated !== 'locked' && updated !== 'blocked') return updated;
    try {
      return await this.#addToLane(key, item, since);
    } catch (error) {
      if (updated === 'blocked' && error instanceof RowsLocked)
        this.#bypassUntil.set(accountId, performance.now() + BYPASS_MS);
      throw error;
    }
  }

  /** For how long the oldest update of the group commit has waited. Those that wait for locked rows do not count. */
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
      // Nobody knows whose row it was: each is tried by itself, and the group commit goes on.
      return items.map(() => ({ result: 'blocked' }));
    }
  }

  #isBypassing(accountId: string): boolean {
    const until = this.#bypassUntil.get(accountId);
    if (until === undefined) return false;
    if (performance.now() < until) return true;
    return !this.#bypassUntil.delete(accountId);
  }

  async #addToLane(key: string, item: UpdateItem, since: number): Promise<UpdateResult> {
    const lane = this.#lanes.get(key) ?? { updates: this.#createLane(item), pending: 0 };
    this.#lanes.set(key, lane);
    lane.pending += 1;
    try {
      return await lane.updates.add(item, since);
    } finally {
      lane.pending -= 1;
      if (lane.pending === 0) this.#lanes.delete(key);
    }
  }

  #createLane({ principal: { accountId }, sessionId }: UpdateItem): Batcher<UpdateItem, UpdateResult> {
    const share = { accountId, resource: `session ${sessionId}` };
    return new Batcher({
      runBatch: (items, deadline) =>
        this.store.bulkhead.run(share, deadline, () =>
          this.store.write((transaction) => updateBatch(transaction, this.deps, items, { waits: true }), {
            deadline,
          }),
        ),
      failsWholeBatch,
      maxSize: MAX_BATCH_SIZE,
    });
  }
}

/** A refusal of one update is its outcome; what is thrown as a fault is of the database. */
const failsWholeBatch = (error: unknown): boolean => error instanceof Fault;
