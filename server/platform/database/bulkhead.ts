/**
 * Bounds how many connections one account, and one resource of it, may hold with transactions that lock rows. Whoever waits
 * for a row that somebody else holds waits with a connection: without a bound the waiters of one row take the whole pool.
 * The others wait here, in memory, in order of arrival.
 */

import { Fault } from '../faults.ts';
import { toTimerMs } from '../with-timeout.ts';

export interface Share {
  readonly accountId: string;
  /** What the transaction locks first, such as one program's state; null for nothing of its own. */
  readonly resource: string | null;
}

/** Of the 16 connections of the MySQL pool the others remain for heartbeats and reads, which wait for no row. */
const TOTAL = 12;
const PER_ACCOUNT = 4;
const PER_RESOURCE = 2;

interface Waiter extends Share {
  readonly start: () => void;
}

export class Bulkhead {
  readonly #running = new Map<string, number>();
  #total = 0;
  readonly #waiting = new Set<Waiter>();

  /** Runs `work` when there is room for it. Throws `unavailable` when there was none by the deadline (`performance.now()`). */
  async run<T>(share: Share, deadline: number, work: () => Promise<T>): Promise<T> {
    if (this.#hasRoom(share)) this.#count(share, 1);
    else await this.#room(share, deadline);
    try {
      return await work();
    } finally {
      this.#count(share, -1);
      this.#startWaiting();
    }
  }

  #room({ accountId, resource }: Share, deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#waiting.delete(waiter);
          reject(new Fault('unavailable', BUSY));
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
      if (this.#total >= TOTAL) return;
      if (!this.#hasRoom(waiter)) continue;
      this.#waiting.delete(waiter);
      this.#count(waiter, 1);
      waiter.start();
    }
  }

  #hasRoom({ accountId, resource }: Share): boolean {
    return (
      this.#total < TOTAL &&
      (this.#running.get(accountId) ?? 0) < PER_ACCOUNT &&
      (resource === null || (this.#running.get(resourceKey(accountId, resource)) ?? 0) < PER_RESOURCE)
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

/** No id has a blank. */
const resourceKey = (accountId: string, resource: string): string => `${accountId} ${resource}`;

const BUSY = 'Earlier writes of the same kind still wait for the database. Try again in a moment.';
