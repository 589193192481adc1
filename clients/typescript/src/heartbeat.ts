/** The timer of a session: when the next heartbeat goes out. It knows no server. */
import type { Clock } from './clock.js';
import { backOffMs } from './retry.js';

const BASE_RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

export class HeartbeatTimer {
  #cancelTimer = (): void => undefined;
  #failures = 0;
  #stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly sendHeartbeat: () => void,
  ) {}

  /** The server was reached: beat within so many seconds, up to a tenth earlier, so that a fleet does not beat as one. */
  scheduleWithin(seconds: number): void {
    this.#failures = 0;
    this.#schedule(seconds * 1000 * (1 - this.random() / 10));
  }

  /** It was not: try soon, and later with each failure; not before the server's `retryAfter` (seconds). */
  scheduleRetry(retryAfter: number | null): void {
    const wait = backOffMs(this.#failures, this.random, BASE_RETRY_MS, MAX_RETRY_MS);
    this.#failures += 1;
    this.#schedule((retryAfter ?? 0) * 1000 + wait);
  }

  /** None goes out until the time is set again. */
  pause(): void {
    this.#cancelTimer();
  }

  /** None goes out any more. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  /** A process that has nothing else to do ends without waiting for it. */
  #schedule(ms: number): void {
    this.#cancelTimer();
    if (!this.#stopped) this.#cancelTimer = this.clock.after(ms, this.sendHeartbeat, true);
  }
}
