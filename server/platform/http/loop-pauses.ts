/** How long the event loop has stood still: what has arrived meanwhile is in the kernel, and nobody could read it. */

/** A pause is found short by no more than this. */
const EVERY_MS = 100;
/** A timer is never quite on time. */
const LEAST_MS = 20;
const KEPT_MS = 10 * 60_000;

interface Pause {
  readonly endedAt: number;
  readonly ms: number;
}

export class LoopPauses {
  #pauses: Pause[] = [];
  #expectedAt: number;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.#expectedAt = now() + EVERY_MS;
    this.#timer = setInterval(() => this.recordPause(), EVERY_MS).unref();
  }

  /** By when the loop's next turn is late by now, it stood still. */
  recordPause(): void {
    const now = this.now();
    const ms = now - this.#expectedAt;
    this.#expectedAt = now + EVERY_MS;
    if (ms < LEAST_MS) return;
    this.#pauses = this.#pauses.filter(({ endedAt }) => endedAt > now - KEPT_MS);
    this.#pauses.push({ endedAt: now, ms });
  }

  /** How long ago it was that the loop had been running for `ms` in all since then. */
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
