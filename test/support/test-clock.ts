import type { SystemClock } from '../../server/platform/clock.ts';

/** The real time plus an offset, or stopped at an instant. */
export class TestClock implements SystemClock {
  #offset = 0;
  #stopped: number | null = null;
  /** The offset from corrections of the clock, which are no passage of time. */
  #adjustment = 0;

  now(): number {
    return this.elapsed() + this.#adjustment;
  }

  elapsed(): number {
    return (this.#stopped ?? Date.now()) + this.#offset;
  }

  /** Stops the time: only `advance` moves it from now on. */
  stop(): void {
    this.#stopped = Date.now();
  }

  /** In milliseconds; negative values set the clock back. */
  advance(ms: number): void {
    this.#offset += ms;
  }

  /** Corrects the clock forward or back, in milliseconds, without time passing. */
  adjust(ms: number): void {
    this.#adjustment += ms;
  }
}
