/**
 * Sends what is due. Every process does. A webhook has one worker at a time, which sends a batch of deliveries at once
 * and records all results in one transaction, in which it also claims the next batch.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as timeOrderedId } from 'uuid';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { FairPool } from '../../platform/fair-pool.ts';
import type { Log } from '../../platform/log.ts';
import {
  type ClaimedDeliveries,
  claimDueDeliveries,
  findDueWebhooks,
  findWebhookForUpdate,
  releaseClaim,
  type WebhookKey,
} from './claim-deliveries.ts';
import { type DeliveryResult, recordAttempts } from './record-attempts.ts';
import { type SendOptions, sendDelivery } from './send.ts';

/** Enough for 20 webhooks, the most that one account may have, of 50 accounts. */
const MAX_CANDIDATES = 1_000;
/** A worker starts with one delivery and doubles the batch for as long as all succeed. */
const MAX_BATCH = 10;
/** Then the account's other webhooks get its slots. */
const MAX_DELIVERIES_PER_RUN = 100;
const MIN_TICK_INTERVAL_MS = 50;
/** Few, so that requests keep most connections of the pool. */
const TRANSACTIONS = { limit: 4, perOwner: 2, reserve: 2 };

export interface DispatcherOptions {
  readonly store: Store;
  readonly send: SendOptions;
  readonly slots: FairPool;
  readonly log: Log;
}

export class Dispatcher {
  readonly #holderId = timeOrderedId();
  readonly #workers = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #transactions = new FairPool(TRANSACTIONS);
  #ticking: Promise<void> | null = null;
  #hasMore = false;

  constructor(private readonly options: DispatcherOptions) {
    // One for each attempt in flight.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** Starts a worker for each webhook with something to send, as far as there are slots. Does not wait for them. */
  async tick(): Promise<void> {
    this.#ticking ??= this.#startWorkers().finally(() => {
      this.#ticking = null;
    });
    return this.#ticking;
  }

  /** Aborts attempts: nobody knows whether those arrived, so they are sent again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ticking?.catch(() => undefined);
    await Promise.all(this.#workers.values());
  }

  async #startWorkers(): Promise<void> {
    const { store, send, slots, log } = this.options;
    for (let isFirst = true; isFirst || this.#hasMore; isFirst = false) {
      // Workers end all the time under load, and each look asks about the webhooks of all accounts.
      if (!isFirst) await sleep(MIN_TICK_INTERVAL_MS);
      this.#hasMore = false;
      if (this.#stopping.signal.aborted) return;
      const due = await store.read((manager) =>
        findDueWebhooks(manager, this.#holderId, send.clock.now(), MAX_CANDIDATES),
      );
      for (const key of due) {
        const { accountId, webhookId } = key;
        if (this.#stopping.signal.aborted || this.#workers.has(webhookId) || slots.tryTake(accountId, 1) === 0)
          continue;
        const worker = this.#runWorker(key)
          .catch((error: unknown) => log.error({ err: error, webhook: webhookId }, 'webhook worker failed'))
          .finally(() => this.#workers.delete(webhookId));
        this.#workers.set(webhookId, worker);
      }
    }
  }

  /** Sends until nothing is due, with one slot to begin with, which the caller has taken. */
  async #runWorker(key: WebhookKey): Promise<void> {
    const { slots } = this.options;
    const { accountId } = key;
    let held = 1;
    let results: readonly DeliveryResult[] = [];
    let isRecorded = false;
    let hasFailed = false;
    let sent = 0;
    try {
      for (;;) {
        // After a failure the slot goes to the account's other webhooks: the next one may take ten seconds too.
        const isOver = hasFailed || sent >= MAX_DELIVERIES_PER_RUN || this.#stopping.signal.aborted;
        const claimed = await this.#recordAndClaim(key, results, isOver ? 0 : held);
        isRecorded = claimed === null;
        if (!claimed) return;
        results = await this.#send(claimed);
        sent += claimed.deliveries.length;
        hasFailed = results.some(({ attempt }) => attempt.error !== null);
        const wanted = hasFailed ? 1 : Math.min(MAX_BATCH, claimed.deliveries.length * 2);
        if (wanted < held) slots.release(accountId, held - wanted);
        held = wanted < held ? wanted : held + slots.tryTake(accountId, wanted - held);
      }
    } finally {
      slots.release(accountId, held);
      if (!isRecorded) await this.#release(key);
      if (sent > 0) this.#tickAgain();
    }
  }

  /** Those of the batch that came to an end; on shutdown that may be fewer. */
  async #send({ webhook, deliveries }: ClaimedDeliveries): Promise<DeliveryResult[]> {
    const attempts = deliveries.map(async (delivery): Promise<DeliveryResult> => {
      const result = await sendDelivery(this.options.send, webhook, delivery, this.#stopping.signal);
      return { ...result, deliveryId: delivery.deliveryId, jitter: Math.random() };
    });
    const settled = await Promise.allSettled(attempts);
    return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }

  #recordAndClaim(key: WebhookKey, results: readonly DeliveryResult[], limit: number) {
    return this.#write(key, async (transaction) => {
      const locked = await findWebhookForUpdate(transaction, key);
      // It was removed, and its deliveries with it.
      if (!locked) return null;
      const now = this.options.send.clock.now();
      const webhook = await recordAttempts(transaction, locked, results, now);
      const except = results.map(({ deliveryId }) => deliveryId);
      return claimDueDeliveries(transaction, webhook, {
        holder: this.#holderId,
        now,
        limit,
        except,
        publicUrl: this.options.send.publicUrl,
      });
    });
  }

  #release(key: WebhookKey): Promise<void> {
    return this.#write(key, (transaction) =>
      releaseClaim(transaction, key, this.#holderId, this.options.send.clock.now()),
    );
  }

  #write<T>({ accountId }: WebhookKey, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#transactions.run(accountId, () => this.options.store.write(work));
  }

  /** The slots that a worker gave back, and the rest of its own deliveries, need not wait for the next period. */
  #tickAgain(): void {
    this.#hasMore = true;
    if (!this.#ticking) this.tick().catch((error) => this.options.log.debug({ err: error }, 'webhooks cannot be read'));
  }
}
