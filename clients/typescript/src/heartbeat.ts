/** Schedules a session's heartbeats; sends nothing itself. */
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

  /** After an answer: the next heartbeat is due in this time or up to a tenth earlier, so that a fleet is not in step. */
  scheduleWithin(seconds: number): void {
    this.#failures = 0;
    this.#schedule(seconds * 1000 * (1 - this.random() / 10));
  }

  /** After a failure: retries with growing waits, and not before the server's `retryAfter` (seconds). */
  scheduleRetry(retryAfter: number | null): void {
    const wait = backOffMs(this.#failures, this.random, BASE_RETRY_MS, MAX_RETRY_MS);
    this.#failures += 1;
    this.#schedule((retryAfter ?? 0) * 1000 + wait);
  }

  /** No heartbeat is sent until the next schedule. */
  pause(): void {
    this.#cancelTimer();
  }

  /** No heartbeat is sent any more. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  /** A background timer: it does not keep a Node process running. */
  #schedule(ms: number): void {
    this.#cancelTimer();
    if (!this.#stopped) this.#cancelTimer = this.clock.after(ms, this.sendHeartbeat, true);
  }
}
