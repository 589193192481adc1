/** Runs writes one after the other. */
import { linkAbort, raceAbort, timeoutError } from './abort.js';
import { type Clock, toMilliseconds } from './clock.js';
import { FleetbeatUnreachable } from './error.js';
import type { CallOptions } from './options.js';

export class WriteQueue {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly clock: Clock) {}

  /**
   * Runs `write` after all earlier ones, with what is left of its `within`. A write that is aborted, or whose time is
   * up, before its turn rejects at that moment and is never sent; later writes still wait for the earlier ones.
   */
  run<T>(write: (options: CallOptions) => Promise<T>, options: CallOptions = {}): Promise<T> {
    const { within = Number.POSITIVE_INFINITY, timeoutMs = Number.POSITIVE_INFINITY } = options;
    const withinMs = toMilliseconds(within);
    const calledAt = this.clock.now();
    const maxWaitMs = Math.min(withinMs, timeoutMs);
    const link = linkAbort(options.signal);
    const onTimeout = () => {
      const message = `Not sent within ${maxWaitMs} ms: earlier writes of this session still have no answer`;
      link.abort(new FleetbeatUnreachable(message, 0, timeoutError(message)));
    };
    const stopTimer = maxWaitMs === Number.POSITIVE_INFINITY ? undefined : this.clock.after(maxWaitMs, onTimeout);
    const done = raceAbort(this.#last, link.signal)
      .finally(() => {
        stopTimer?.();
        link.unlink();
      })
      .then(() => {
        const left = Math.max(0, withinMs - (this.clock.now() - calledAt));
        return write(options.within === undefined ? options : { ...options, within: left });
      });
    this.#last = Promise.allSettled([this.#last, done]).then(() => undefined);
    return done;
  }
}
