import type { Clock } from '../../server/platform/clock.ts';

/** The real time, moved by as much as a test says, or stopped at an instant. */
export class TestClock implements Clock {
  #offset = 0;
  #stopped: number | null = null;
  /** How far it was set forward or back, beside the time that has passed. */
  #adjustment = 0;

  now(): number {
    return this.elapsed() + this.#adjustment;
  }

  elapsed(): number {
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

  /** Sets the clock, forward or back, as somebody does who corrects it: no time has passed. Milliseconds. */
  adjust(ms: number): void {
    this.#adjustment += ms;
  }
}
