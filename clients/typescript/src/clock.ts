/** Time as the client sees it; a test hands in one that it moves itself. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Runs something once, after so many milliseconds, and returns what calls that off. With `background` a Node process
   * that has nothing else to do ends without waiting for it.
   */
  after(ms: number, run: () => void, background?: boolean): () => void;
}

/** The time of the machine. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, run, background = false) {
    const timer: unknown = setTimeout(run, ms);
    if (background) (timer as { unref?(): void }).unref?.();
    return () => clearTimeout(timer as number);
  },
};

/** Resolves after so many milliseconds; rejects with the signal's reason as soon as it aborts. */
export function delay(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
