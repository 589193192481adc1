/** Requests that wait for a question to be closed: all of a process share one look at the database. */

import type { Store } from '../../platform/database/store.ts';
import type { Log } from '../../platform/log.ts';
import { findClosedQuestions, type QuestionKey } from './queries.ts';

/** How often questions that another process may have closed are looked for. */
const POLL_EVERY_MS = 400;
/** One account's waiting requests must not hold every connection; beyond this a request is answered at once. */
const MAX_WAITERS_PER_ACCOUNT = 200;

interface Waiter extends QuestionKey {
  readonly wake: () => void;
}

export class QuestionWaiters {
  readonly #waiters = new Set<Waiter>();
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isPolling = false;
  #isStopped = false;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
  ) {
    // A commit of this process wakes at once; those of others are found by polling.
    this.#stopListening = store.listen((accountId) => {
      if ([...this.#waiters].some((waiter) => waiter.accountId === accountId)) void this.#poll();
    });
  }

  /** Resolves when the question is closed, after `ms`, or when the server stops. Never rejects. */
  wait(key: QuestionKey, ms: number): Promise<void> {
    const ofAccount = [...this.#waiters].filter(({ accountId }) => accountId === key.accountId).length;
    if (this.#isStopped || ms <= 0 || ofAccount >= MAX_WAITERS_PER_ACCOUNT) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter: Waiter = {
        ...key,
        wake: () => {
          clearTimeout(limit);
          this.#waiters.delete(waiter);
          if (this.#waiters.size === 0) this.#stopTimer();
          resolve();
        },
      };
      const limit = setTimeout(waiter.wake, ms);
      this.#waiters.add(waiter);
      this.#timer ??= setInterval(() => void this.#poll(), POLL_EVERY_MS);
      // It may have been closed between the caller's look and now.
      void this.#poll();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopListening();
    for (const waiter of [...this.#waiters]) waiter.wake();
  }

  #stopTimer(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #poll(): Promise<void> {
    if (this.#isPolling) return;
    this.#isPolling = true;
    try {
      for (const accountId of new Set([...this.#waiters].map((waiter) => waiter.accountId))) {
        const own = [...this.#waiters].filter((waiter) => waiter.accountId === accountId);
        const ids = [...new Set(own.map(({ questionId }) => questionId))];
        const closed = new Set(await this.store.read((manager) => findClosedQuestions(manager, accountId, ids)));
        for (const waiter of own) if (closed.has(waiter.questionId)) waiter.wake();
      }
    } catch (error) {
      this.log.debug({ err: error }, 'questions cannot be read; trying again');
    } finally {
      this.#isPolling = false;
    }
  }
}
