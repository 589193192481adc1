/** The timer of a session: when the next heartbeat goes out. It knows no server. */
import type { Clock } from './clock.js';
import { backOffMs } from './retry.js';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

export class HeartbeatTimer {
  #callOff = (): void => undefined;
  #failures = 0;
  #ended = false;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly beat: () => void,
  ) {}

  /** The server was reached: beat within so many seconds, up to a tenth earlier, so that a fleet does not beat as one. */
  within(seconds: number): void {
    this.#failures = 0;
    this.#set(seconds * 1000 * (1 - this.random() / 10));
  }

  /** It was not: try soon, and later with each failure; not before the server's `retryAfter` (seconds). */
  again(retryAfter: number | null): void {
    const wait = backOffMs(this.#failures, this.random, FIRST_WAIT_MS, LONGEST_WAIT_MS);
    this.#failures += 1;
    this.#set((retryAfter ?? 0) * 1000 + wait);
  }

  /** None goes out until the time is set again. */
  pause(): void {
    this.#callOff();
  }

  /** None goes out any more. */
  end(): void {
    this.#ended = true;
    this.#callOff();
  }

  /** A process that has nothing else to do ends without waiting for it. */
  #set(ms: number): void {
    this.#callOff();
    if (!this.#ended) this.#callOff = this.clock.after(ms, this.beat, true);
  }
}
