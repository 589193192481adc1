/**
 * Sends what is due. Every process does; each webhook has a lane of its own, in which one delivery is under way at a
 * time, so an endpoint that does not answer holds up nobody but itself.
 */
import { v7 as timeOrderedId } from 'uuid';
import type { Store } from '../../platform/database/store.ts';
import type { Log } from '../../platform/log.ts';
import { claimNextDelivery, findDueWebhooks, releaseClaim, type WebhookKey } from './claim-delivery.ts';
import { recordAttempt } from './record-attempt.ts';
import { type SendOptions, sendDelivery } from './send.ts';

const MAX_WORKERS = 64;
/** Then the others get their turn. */
const MAX_DELIVERIES_PER_RUN = 100;

export class Dispatcher {
  readonly #holderId = timeOrderedId();
  /** What is under way, by the webhook. */
  readonly #workers = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly sendOptions: SendOptions,
    private readonly log: Log,
  ) {}

  /** Starts a lane for each webhook that has something to do. Does not wait for them. */
  async tick(): Promise<void> {
    const room = MAX_WORKERS - this.#workers.size;
    if (room <= 0 || this.#stopping.signal.aborted) return;
    const now = this.sendOptions.clock.now();
    for (const which of await this.store.read((manager) => findDueWebhooks(manager, this.#holderId, now, room))) {
      const { webhookId } = which;
      if (this.#workers.has(webhookId)) continue;
      const worker = this.#runWorker(which)
        .catch((error: unknown) => this.log.error({ err: error, webhook: webhookId }, 'webhook lane failed'))
        .finally(() => this.#workers.delete(webhookId));
      this.#workers.set(webhookId, worker);
    }
  }

  /** Cuts off what is under way: nobody knows then whether it arrived, so it is sent again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#workers.values());
  }

  async #runWorker(which: WebhookKey): Promise<void> {
    const { clock } = this.sendOptions;
    try {
      for (let sent = 0; sent < MAX_DELIVERIES_PER_RUN && !this.#stopping.signal.aborted; sent += 1) {
        const claimed = await this.store.write((transaction) =>
          claimNextDelivery(transaction, which, this.#holderId, clock.now()),
        );
        if (!claimed) return;
        const attempt = await sendDelivery(this.sendOptions, claimed.webhook, claimed.delivery, this.#stopping.signal);
        const jitter = Math.random();
        await this.store.write((transaction) => recordAttempt(transaction, claimed, attempt, clock.now(), jitter));
      }
    } catch (error) {
      if (!this.#stopping.signal.aborted) throw error;
    } finally {
      await this.store.write((transaction) => releaseClaim(transaction, which, this.#holderId));
    }
  }
}
