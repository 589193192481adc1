import { Fault } from './faults.ts';
import { toTimerMs } from './timer-ms.ts';

/**
 * The result of `work` if it comes within the time; else the fault `unavailable`. The work goes on by itself: what it does to
 * the database is bounded there.
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
