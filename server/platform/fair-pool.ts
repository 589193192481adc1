/**
 * A bounded number of places that owners (accounts) share fairly. Each owner has a limit of its own, waiting owners are served
 * round-robin, and an owner that holds no place gets its first one from a reserve.
 */
export interface FairPoolOptions {
  /** Places for all owners together. */
  readonly limit: number;
  readonly perOwner: number;
  /** Places beyond `limit`, only for owners that hold none. */
  readonly reserve?: number;
}

interface Waiter {
  readonly start: () => void;
}

export class FairPool {
  readonly #held = new Map<string, number>();
  /** In the order in which owners are served. A served owner moves to the end. */
  readonly #waiting = new Map<string, Set<Waiter>>();
  #total = 0;

  constructor(private readonly options: FairPoolOptions) {}

  /** Takes up to `wanted` places without waiting; returns how many, which may be 0. Give each back with `release`. */
  tryTake(owner: string, wanted: number): number {
    let taken = 0;
    while (taken < wanted && this.#hasPlace(owner)) {
      this.#changeHeld(owner, 1);
      taken += 1;
    }
    return taken;
  }

  release(owner: string, count: number): void {
    if (count === 0) return;
    this.#changeHeld(owner, -count);
    this.#serveWaiting();
  }

  /** Whether `tryTake` would give this owner a place now. */
  hasPlace(owner: string): boolean {
    return this.#hasPlace(owner);
  }

  /** Runs `work` as soon as the owner has a place. Rejects with the signal's reason if that ends the wait. */
  async run<T>(owner: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.tryTake(owner, 1) === 0) await this.#waitForPlace(owner, signal);
    try {
      return await work();
    } finally {
      this.release(owner, 1);
    }
  }

  #waitForPlace(owner: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        start: () => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      const giveUp = () => {
        this.#removeWaiter(owner, waiter);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      const waiters = this.#waiting.get(owner) ?? new Set();
      this.#waiting.set(owner, waiters.add(waiter));
    });
  }

  #serveWaiting(): void {
    for (;;) {
      const owner = [...this.#waiting.keys()].find((each) => this.#hasPlace(each));
      const waiter = owner !== undefined && this.#waiting.get(owner)?.values().next().value;
      if (owner === undefined || !waiter) return;
      this.#changeHeld(owner, 1);
      const rest = this.#removeWaiter(owner, waiter);
      if (rest) {
        this.#waiting.delete(owner);
        this.#waiting.set(owner, rest);
      }
      waiter.start();
    }
  }

  /** Removes a waiter; returns the owner's remaining waiters, if any. */
  #removeWaiter(owner: string, waiter: Waiter): Set<Waiter> | undefined {
    const waiters = this.#waiting.get(owner);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiting.delete(owner);
    return this.#waiting.get(owner);
  }

  #hasPlace(owner: string): boolean {
    const { limit, perOwner, reserve = 0 } = this.options;
    const held = this.#held.get(owner) ?? 0;
    return held < perOwner && this.#total < (held === 0 ? limit + reserve : limit);
  }

  #changeHeld(owner: string, change: number): void {
    this.#total += change;
    const held = (this.#held.get(owner) ?? 0) + change;
    if (held > 0) this.#held.set(owner, held);
    else this.#held.delete(owner);
  }
}
