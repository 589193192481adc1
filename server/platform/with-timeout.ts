import { Fault } from './faults.ts';

/** Timer durations are multiples of this. Milliseconds. */
const TIMER_STEP_MS = 50;

/**
 * Rounds a timer's duration up to the next step, for timers that are set for every request. Node keeps one list per distinct
 * duration, and creating a list for every fraction of a millisecond took a tenth of a heartbeat's time.
 */
export const toTimerMs = (ms: number): number => Math.max(0, Math.ceil(ms / TIMER_STEP_MS) * TIMER_STEP_MS);

/**
 * Resolves with the result of `work`, or rejects with the fault `unavailable` after `ms` milliseconds. The work itself is not
 * cancelled: the database has its own time limits.
 */
export function withTimeout<T>(ms: number, work: Promise<T>, detail: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Fault('unavailable', detail)), toTimerMs(ms));
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

let requestDeadline: number | undefined;

/**
 * Calls `start`, whose store operations end by `deadline` (`performance.now()`) as far as they begin before it returns. So what
 * a request has waited for before its transaction is not granted to it again. Synchronous on purpose: see the top of `database/store.ts`.
 */
export function startBy<T>(deadline: number, start: () => T): T {
  const outer = requestDeadline;
  requestDeadline = deadline;
  try {
    return start();
  } finally {
    requestDeadline = outer;
  }
}

/** The deadline of an operation that begins now: that of its request, else `ms` from now. */
export const getDeadline = (ms: number): number => requestDeadline ?? performance.now() + ms;
