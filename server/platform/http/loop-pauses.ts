/** Measures pauses of the event loop, during which data arrives in the kernel but the process cannot read it. */

/** The interval between two measurements. A pause is underestimated by at most this. */
const INTERVAL_MS = 100;
/** Timers always run a little late; less than this is not a pause. */
const MIN_PAUSE_MS = 20;
const MAX_AGE_MS = 10 * 60_000;

interface Pause {
  readonly endedAt: number;
  readonly ms: number;
}

/** Pauses of the last ten minutes. Runs a timer until `stop`. */
export class LoopPauses {
  #pauses: Pause[] = [];
  #expectedAt: number;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.#expectedAt = now() + INTERVAL_MS;
    this.#timer = setInterval(() => this.recordPause(), INTERVAL_MS).unref();
  }

  /** Records how late this tick of the timer is. */
  recordPause(): void {
    const now = this.now();
    const ms = now - this.#expectedAt;
    this.#expectedAt = now + INTERVAL_MS;
    if (ms < MIN_PAUSE_MS) return;
    this.#pauses = this.#pauses.filter(({ endedAt }) => endedAt > now - MAX_AGE_MS);
    this.#pauses.push({ endedAt: now, ms });
  }

  /** The length in milliseconds of the most recent period in which the loop has run for `ms`, including pauses. */
  spanIncludingPauses(ms: number): number {
    const now = this.now();
    let span = ms + Math.max(0, now - this.#expectedAt);
    for (const pause of this.#pauses.toReversed()) {
      if (pause.endedAt < now - span) break;
      span += pause.ms;
    }
    return Math.round(span);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
