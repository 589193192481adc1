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
