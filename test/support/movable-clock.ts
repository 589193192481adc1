import type { Clock } from '../../server/clock.ts';

/** The real time, moved by as much as a test says, or stopped at an instant. */
export class MovableClock implements Clock {
  #offset = 0;
  #stopped: number | null = null;

  now(): number {
    return (this.#stopped ?? Date.now()) + this.#offset;
  }

  /** From now on time moves only by `advance`. */
  stop(): void {
    this.#stopped = Date.now();
  }

  /** Milliseconds; negative ones set the clock back. */
  advance(ms: number): void {
    this.#offset += ms;
  }
}
