/**
 * Limits the connections that transactions with row locks may hold per account and per resource. A transaction that waits for
 * a locked row keeps its connection, so without a limit the waiters of one row would exhaust the pool. Excess work queues
 * here, in memory, in order of arrival.
 */
import { Fault } from '../faults.ts';
import { toTimerMs } from '../with-timeout.ts';

export interface Share {
  readonly accountId: string;
  /** The row that the transaction locks first, such as one program's state; null to count towards the account only. */
  readonly resource: string | null;
}

/** Leaves 4 of the 16 connections of the MySQL pool to heartbeats and reads, which never wait for row locks. */
const MAX_TOTAL = 12;
const MAX_PER_ACCOUNT = 4;
const MAX_PER_RESOURCE = 2;

interface Waiter extends Share {
  readonly start: () => void;
}

export class Bulkhead {
  readonly #running = new Map<string, number>();
  #total = 0;
  readonly #waiting = new Set<Waiter>();

  /** Runs `work` as soon as its share has room. Throws `unavailable` if it has none by the deadline (`performance.now()`). */
  async run<T>(share: Share, deadline: number, work: () => Promise<T>): Promise<T> {
    if (this.#hasRoom(share)) this.#count(share, 1);
    else await this.#waitForRoom(share, deadline);
    try {
      return await work();
    } finally {
      this.#count(share, -1);
      this.#startWaiting();
    }
  }

  #waitForRoom({ accountId, resource }: Share, deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#waiting.delete(waiter);
          reject(new Fault('unavailable', BUSY_MESSAGE));
        },
        toTimerMs(deadline - performance.now()),
      );
      const start = () => {
        clearTimeout(timer);
        resolve();
      };
      const waiter = { accountId, resource, start };
      this.#waiting.add(waiter);
    });
  }

  #startWaiting(): void {
    for (const waiter of this.#waiting) {
      if (this.#total >= MAX_TOTAL) return;
      if (!this.#hasRoom(waiter)) continue;
      this.#waiting.delete(waiter);
      this.#count(waiter, 1);
      waiter.start();
    }
  }

  #hasRoom({ accountId, resource }: Share): boolean {
    return (
      this.#total < MAX_TOTAL &&
      (this.#running.get(accountId) ?? 0) < MAX_PER_ACCOUNT &&
      (resource === null || (this.#running.get(resourceKey(accountId, resource)) ?? 0) < MAX_PER_RESOURCE)
    );
  }

  #count({ accountId, resource }: Share, by: 1 | -1): void {
    this.#total += by;
    this.#countOne(accountId, by);
    if (resource !== null) this.#countOne(resourceKey(accountId, resource), by);
  }

  #countOne(key: string, by: 1 | -1): void {
    const count = (this.#running.get(key) ?? 0) + by;
    if (count === 0) this.#running.delete(key);
    else this.#running.set(key, count);
  }
}

/** Unambiguous, because ids contain no space. */
const resourceKey = (accountId: string, resource: string): string => `${accountId} ${resource}`;

const BUSY_MESSAGE = 'Earlier writes of the same kind still wait for the database. Try again in a moment.';
