/** Requests that wait for a question to be closed. All of a process share one polling query per account. */
import type { Store } from '../../platform/database/store.ts';
import type { Log } from '../../platform/log.ts';
import { findClosedQuestions, type QuestionKey } from './queries.ts';

/** How often to check for questions closed by another process. */
const POLL_INTERVAL_MS = 400;
/** Commits that come in quick succession share one check. */
const MIN_POLL_INTERVAL_MS = 50;
/** Limits the open connections of one account. Beyond this a request returns at once. */
const MAX_WAITERS_PER_ACCOUNT = 200;

interface Waiter extends QuestionKey {
  readonly wake: () => void;
}

export class QuestionWaiters {
  readonly #waiters = new Set<Waiter>();
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | undefined;
  #pollTimeout: NodeJS.Timeout | undefined;
  #isPolling = false;
  #isStopped = false;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
  ) {
    // Commits of this process trigger a check shortly after; those of other processes are found by polling.
    this.#stopListening = store.listen((accountId) => {
      if ([...this.#waiters].some((waiter) => waiter.accountId === accountId)) this.#pollSoon();
    });
  }

  /**
   * Resolves when the question is closed, after `ms`, when `ended` is aborted, on shutdown, or at once if the account has too
   * many waiters. Never rejects.
   */
  wait(key: QuestionKey, ms: number, ended: AbortSignal): Promise<void> {
    const accountWaiters = [...this.#waiters].filter(({ accountId }) => accountId === key.accountId).length;
    if (this.#isStopped || ms <= 0 || accountWaiters >= MAX_WAITERS_PER_ACCOUNT) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter: Waiter = {
        ...key,
        wake: () => {
          clearTimeout(timeout);
          ended.removeEventListener('abort', waiter.wake);
          this.#waiters.delete(waiter);
          if (this.#waiters.size === 0) this.#stopTimer();
          resolve();
        },
      };
      const timeout = setTimeout(waiter.wake, ms);
      ended.addEventListener('abort', waiter.wake);
      this.#waiters.add(waiter);
      this.#timer ??= setInterval(() => void this.#poll(), POLL_INTERVAL_MS);
      // It may have been closed since the caller read it.
      void this.#poll();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopListening();
    clearTimeout(this.#pollTimeout);
    for (const waiter of [...this.#waiters]) waiter.wake();
  }

  /** Every heartbeat that changes something commits: a busy account must not cause a query for each. */
  #pollSoon(): void {
    this.#pollTimeout ??= setTimeout(() => {
      this.#pollTimeout = undefined;
      void this.#poll();
    }, MIN_POLL_INTERVAL_MS);
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
        const waiters = [...this.#waiters].filter((waiter) => waiter.accountId === accountId);
        const ids = [...new Set(waiters.map(({ questionId }) => questionId))];
        const closed = new Set(await this.store.read((manager) => findClosedQuestions(manager, accountId, ids)));
        for (const waiter of waiters) if (closed.has(waiter.questionId)) waiter.wake();
      }
    } catch (error) {
      this.log.debug({ err: error }, 'could not read questions; retrying');
    } finally {
      this.#isPolling = false;
    }
  }
}
