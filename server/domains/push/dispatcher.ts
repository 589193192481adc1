/**
 * Sends notifications. Every process looks for subscriptions with new events; one claims a subscription by moving its
 * `nextAt`, sends, and then records how far the subscription has come. A server that dies in between has the same
 * notification sent again, and its tag makes that replace the first.
 */
import { setMaxListeners } from 'node:events';
import type { CredentialChecks } from '../../platform/credentials/credential-watch.ts';
import type { Store } from '../../platform/database/store.ts';
import type { FairPool } from '../../platform/fair-pool.ts';
import type { Log } from '../../platform/log.ts';
import { describeError, parseRetryAfter, postGuarded, type SendOptions } from '../webhooks/index.ts';
import { PushSubscription, type PushSubscriptionRow } from './entity.ts';
import { buildRequest } from './message.ts';
import { findDue, findNewEvents, findOpenQuestions, type NewEvents } from './queries.ts';
import {
  buildNotification,
  CLAIM_MS,
  COLLAPSE_MS,
  isQuiet,
  MAX_FAILURES,
  type PushNotification,
  retryDelayMs,
  selectEvents,
} from './rules.ts';
import type { VapidKeys } from './vapid.ts';

/** Numbers that a subscription may lag behind before that is written down: no event of them was for it. */
const MAX_LAG = 200;
/** The push service no longer knows the browser. */
const GONE: readonly number[] = [404, 410];

export interface PushDispatcherOptions {
  readonly store: Store;
  readonly send: SendOptions;
  readonly slots: FairPool;
  readonly credentials: CredentialChecks;
  readonly vapid: VapidKeys;
  /** Where a push service finds the operator: an https or mailto URL. */
  readonly contact: string;
  readonly log: Log;
}

export class PushDispatcher {
  readonly #sending = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(private readonly options: PushDispatcherOptions) {
    // One for each attempt in flight.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** Starts what is due, as far as there are slots. Does not wait for push services. */
  async tick(): Promise<void> {
    const { store, send } = this.options;
    const due = await store.read((manager) => findDue(manager, send.clock.now()));
    const ended = await this.#findEnded(due);
    for (const row of due.filter((each) => ended.has(each))) await this.#remove(row);
    const open = due.filter((each) => !ended.has(each));
    for (const accountId of new Set(open.map((row) => row.accountId))) {
      if (this.#stopping.signal.aborted) return;
      const rows = open.filter((row) => row.accountId === accountId);
      await this.#startAccount(accountId, rows);
    }
  }

  /** Cuts attempts off: nobody knows whether those arrived, so they are sent again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#sending);
  }

  /** Subscriptions whose key or web session has ended: who is signed out is told nothing more. */
  async #findEnded(rows: readonly PushSubscriptionRow[]): Promise<ReadonlySet<PushSubscriptionRow>> {
    if (rows.length === 0) return new Set();
    const { keyCache, webSessions } = this.options.credentials;
    const [valid, open] = await Promise.all([
      keyCache.filterValid([...new Set(rows.map(({ keyId }) => keyId))]),
      webSessions.filterOpen([...new Set(rows.flatMap(({ webSession }) => webSession ?? []))]),
    ]);
    return new Set(
      rows.filter(({ keyId, webSession }) => !valid.has(keyId) || (webSession !== null && !open.has(webSession))),
    );
  }

  async #startAccount(accountId: string, rows: readonly PushSubscriptionRow[]): Promise<void> {
    const { store, send, slots, log } = this.options;
    const seenSeq = Math.min(...rows.map((row) => row.seenSeq));
    const found = await store.read((manager) => findNewEvents(manager, accountId, seenSeq));
    const now = send.clock.now();
    for (const row of rows) {
      const events = isQuiet(row.quietHours, now) ? [] : selectEvents(row, found.events, now);
      if (events.length === 0) await this.#skip(row, found, now);
      else if (slots.tryTake(accountId, 1) === 1) {
        const sent = this.#send(row, { ...found, events })
          .catch((error: unknown) => log.error({ err: error, subscription: row.subscriptionId }, 'push failed'))
          .finally(() => {
            slots.release(accountId, 1);
            this.#sending.delete(sent);
          });
        this.#sending.add(sent);
      }
    }
  }

  /** Nothing is for it. That is written down at once in quiet hours, which end; else only when the next look would be long. */
  async #skip(row: PushSubscriptionRow, { latest }: NewEvents, now: number): Promise<void> {
    if (latest - row.seenSeq >= MAX_LAG || isQuiet(row.quietHours, now)) await this.#update(row, { seenSeq: latest });
  }

  async #send(row: PushSubscriptionRow, { latest, events }: NewEvents): Promise<void> {
    const { store, send } = this.options;
    const now = send.clock.now();
    const claimed = { ...row, nextAt: now + CLAIM_MS };
    if (!(await this.#update(row, { nextAt: claimed.nextAt }))) return;
    const questions = await store.read((manager) => findOpenQuestions(manager, row.accountId, events, now));
    const notification = buildNotification(events, questions, row.showDetails);
    const isDone = notification === null || (await this.#post(claimed, notification));
    if (isDone) {
      const nextAt = notification === null ? now : send.clock.now() + COLLAPSE_MS;
      await this.#update(claimed, { seenSeq: latest, nextAt, failures: 0 });
    }
  }

  /** True when the push service has taken it. Otherwise the failure is recorded. */
  async #post(row: PushSubscriptionRow, notification: PushNotification): Promise<boolean> {
    const { send, vapid, contact, log } = this.options;
    const { accountId, endpoint, subscriptionId } = row;
    let retryAfterMs = 0;
    try {
      const request = await buildRequest(row, notification, vapid, contact);
      const post = { url: endpoint, accountId, ...request };
      const { status, headers } = await postGuarded(send, post, this.#stopping.signal);
      if (status >= 200 && status < 300) return true;
      if (GONE.includes(status)) {
        await this.#remove(row);
        return false;
      }
      retryAfterMs = parseRetryAfter(headers['retry-after'], send.clock.now()) ?? 0;
      log.debug({ status, subscription: subscriptionId }, 'a push service refused a notification');
    } catch (error) {
      if (this.#stopping.signal.aborted) return false;
      log.debug({ reason: describeError(error), subscription: subscriptionId }, 'a notification could not be sent');
    }
    const failures = row.failures + 1;
    if (failures >= MAX_FAILURES) await this.#remove(row);
    else await this.#update(row, { failures, nextAt: send.clock.now() + retryDelayMs(failures, retryAfterMs) });
    return false;
  }

  /** Changes a subscription that is still as it was read; false when another server, or its holder, was faster. */
  async #update(row: PushSubscriptionRow, change: Partial<PushSubscriptionRow>): Promise<boolean> {
    const { accountId, subscriptionId, nextAt, seenSeq } = row;
    const { affected } = await this.options.store.write(({ manager }) =>
      manager.update(PushSubscription, { accountId, subscriptionId, nextAt, seenSeq }, change),
    );
    return affected === 1;
  }

  async #remove({ accountId, subscriptionId, createdAt }: PushSubscriptionRow): Promise<void> {
    await this.options.store.write(({ manager }) =>
      manager.delete(PushSubscription, { accountId, subscriptionId, createdAt }),
    );
  }
}
