/**
 * Sends what is due. Every process does; each webhook has a lane of its own, in which one delivery is under way at a
 * time, so an endpoint that does not answer holds up nobody but itself.
 */
import { v7 as timeOrderedId } from 'uuid';
import type { Store } from '../../platform/database/store.ts';
import type { Log } from '../../platform/log.ts';
import { recordOutcome } from './outcome.ts';
import { type Sending, send } from './send.ts';
import { dueWebhooks, nextTurn, release, type WebhookId } from './turn.ts';

const MOST_LANES = 64;
/** Then the others get their turn. */
const MOST_IN_A_ROW = 100;

export class Dispatcher {
  readonly #holder = timeOrderedId();
  /** What is under way, by the webhook. */
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly sending: Sending,
    private readonly log: Log,
  ) {}

  /** Starts a lane for each webhook that has something to do. Does not wait for them. */
  async tick(): Promise<void> {
    const room = MOST_LANES - this.#lanes.size;
    if (room <= 0 || this.#stopping.signal.aborted) return;
    const now = this.sending.clock.now();
    for (const which of await this.store.read((manager) => dueWebhooks(manager, this.#holder, now, room))) {
      const { webhookId } = which;
      if (this.#lanes.has(webhookId)) continue;
      const lane = this.#serve(which)
        .catch((error: unknown) => this.log.error({ err: error, webhook: webhookId }, 'webhook lane failed'))
        .finally(() => this.#lanes.delete(webhookId));
      this.#lanes.set(webhookId, lane);
    }
  }

  /** Cuts off what is under way: nobody knows then whether it arrived, so it is sent again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#lanes.values());
  }

  async #serve(which: WebhookId): Promise<void> {
    const { clock } = this.sending;
    try {
      for (let each = 0; each < MOST_IN_A_ROW && !this.#stopping.signal.aborted; each += 1) {
        const turn = await this.store.write((transaction) => nextTurn(transaction, which, this.#holder, clock.now()));
        if (!turn) return;
        const attempt = await send(this.sending, turn.webhook, turn.delivery, this.#stopping.signal);
        const dice = Math.random();
        await this.store.write((transaction) => recordOutcome(transaction, turn, attempt, clock.now(), dice));
      }
    } catch (error) {
      if (!this.#stopping.signal.aborted) throw error;
    } finally {
      await this.store.write((transaction) => release(transaction, which, this.#holder));
    }
  }
}
