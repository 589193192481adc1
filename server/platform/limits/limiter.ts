/** Counts requests against budgets, in memory or in Redis for all replicas. */
import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Budget } from './budgets.ts';

/** The state of a subject's budget. */
export interface BudgetStatus {
  readonly budget: Budget;
  readonly remaining: number;
  readonly resetSeconds: number;
  /** Whether this request exceeds the budget. */
  readonly exceeded: boolean;
}

export class Limiter {
  readonly #counters = new Map<string, RateLimiterAbstract>();

  /** Counts in memory when `redis` is null. */
  constructor(private readonly redis: Redis | null) {}

  /** Counts one request of the subject. */
  async consume(budget: Budget, subject: string): Promise<BudgetStatus> {
    try {
      return toBudgetStatus(budget, await this.#counter(budget).consume(subject), false);
    } catch (error) {
      if (error instanceof RateLimiterRes) return toBudgetStatus(budget, error, true);
      throw error;
    }
  }

  /** The subject's status without counting; `exceeded` when nothing remains. */
  async peek(budget: Budget, subject: string): Promise<BudgetStatus> {
    const found = await this.#counter(budget).get(subject);
    if (!found || found.msBeforeNext <= 0) {
      return { budget, remaining: budget.quota, resetSeconds: budget.windowSeconds, exceeded: false };
    }
    return toBudgetStatus(budget, found, found.consumedPoints >= budget.quota);
  }

  #counter(budget: Budget): RateLimiterAbstract {
    const { policy, quota, windowSeconds } = budget;
    const name = `fleetbeat:${policy}:${quota}:${windowSeconds}`;
    let counter = this.#counters.get(name);
    if (!counter) {
      const options = { keyPrefix: name, points: quota, duration: windowSeconds };
      const memory = new RateLimiterMemory(options);
      // While Redis is unavailable each replica counts for itself: too generous a limit is better than an outage.
      counter = this.redis
        ? new RateLimiterRedis({
            ...options,
            storeClient: this.redis,
            rejectIfRedisNotReady: true,
            insuranceLimiter: memory,
          })
        : memory;
      this.#counters.set(name, counter);
    }
    return counter;
  }
}

const toBudgetStatus = (
  budget: Budget,
  { remainingPoints, msBeforeNext }: RateLimiterRes,
  exceeded: boolean,
): BudgetStatus => ({
  budget,
  remaining: Math.max(0, remainingPoints),
  // The counter uses the wall clock: without the bounds, a clock set back would show a longer wait than the window.
  resetSeconds: Math.min(budget.windowSeconds, Math.max(1, Math.ceil(msBeforeNext / 1000))),
  exceeded,
});
