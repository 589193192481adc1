/** A clock that stands still until a test moves it. */
import { type Clock, type Duration, toMilliseconds } from '../clock.js';

/** Taken now: a test may replace the timers later. */
const realSetTimeout = globalThis.setTimeout;
/** Lets everything run that waits for nothing but promises. */
export const settle = (): Promise<void> => new Promise((resolve) => void realSetTimeout(resolve, 0));

/** How often promises may wait for one another before a timer is due: more than any call of the client needs. */
const SETTLE_ROUNDS = 10;

export class FakeClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00.000Z');
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Moves the time on, and runs what becomes due in its order: `await fake.clock.tick('10m')`. */
  async tick(duration: Duration): Promise<void> {
    const until = this.#now + toMilliseconds(duration);
    for (;;) {
      for (let round = 0; round < SETTLE_ROUNDS; round += 1) await settle();
      const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.run();
    }
    this.#now = until;
  }
}
