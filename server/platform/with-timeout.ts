import { AsyncLocalStorage } from 'node:async_hooks';
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

/** The deadline of a request whose work goes on after its first await; undefined once that work is over. */
interface Budget {
  deadline: number | undefined;
}

const budgets = new AsyncLocalStorage<Budget>();
let openBudgets = 0;
let startDeadline: number | undefined;

/**
 * Runs `work`, whose store operations all end by `deadline` (`performance.now()`), whatever it awaits between them. What it
 * leaves running behind itself has its own time again.
 */
export async function runBy<T>(deadline: number, work: () => Promise<T>): Promise<T> {
  const budget: Budget = { deadline };
  openBudgets += 1;
  try {
    return await budgets.run(budget, work);
  } finally {
    budget.deadline = undefined;
    openBudgets -= 1;
    // As in `database/store.ts`: enabled, it makes Node track every promise of the process.
    if (openBudgets === 0) budgets.disable();
  }
}

/**
 * The cheap form of `runBy`, for the path of heartbeats: only store operations that begin before `start` returns have this
 * deadline. What follows an await needs it passed on.
 */
export function startBy<T>(deadline: number, start: () => T): T {
  const outer = startDeadline;
  startDeadline = deadline;
  try {
    return start();
  } finally {
    startDeadline = outer;
  }
}

/** The deadline of an operation that begins now: that of its request, else `ms` from now. */
export const getDeadline = (ms: number): number =>
  startDeadline ?? (openBudgets > 0 ? budgets.getStore()?.deadline : undefined) ?? performance.now() + ms;
