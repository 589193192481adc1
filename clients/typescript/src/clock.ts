/** The client's source of time; a test passes one that it moves itself. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Calls `run` once after that many milliseconds; the returned function cancels it. With `background` the timer does not
   * keep a Node process running.
   */
  after(ms: number, run: () => void, background?: boolean): () => void;
}

/** The longest timer there is: setTimeout fires at once for more. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, run, background = false) {
    const timer: unknown = setTimeout(run, Math.min(ms, MAX_TIMER_MS));
    if (background) (timer as { unref?(): void }).unref?.();
    return () => clearTimeout(timer as number);
  },
};

/** Resolves after that many milliseconds; rejects with the signal's reason as soon as it aborts. */
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

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time: milliseconds as a number, or a number with a unit: `'500ms'`, `'90s'`, `'2m'`, `'8h'`, `'1d'`. */
export type Duration = number | `${number}${keyof typeof UNITS}`;

/** The milliseconds of a duration. Throws a `TypeError` for anything that is none, such as `'2 min'`. */
export function toMilliseconds(duration: Duration): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(duration)) ?? [];
  const ms = typeof duration === 'number' ? duration : Number(amount) * UNITS[(unit ?? 'ms') as keyof typeof UNITS];
  if (ms >= 0) return ms;
  throw new TypeError(`"${duration}" is no duration: write milliseconds, or for example '90s', '2m' or '8h'`);
}
