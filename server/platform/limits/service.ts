/** Who may send how much: requests of keys and accounts, state writes of programs, refused keys of addresses. */

import { Fault } from '../faults.ts';
import type { Counter } from '../metrics/metrics.ts';
import type { Principal } from '../principal.ts';
import { toNetwork } from './address.ts';
import { getBudgets, getRefusedKeyBudget, getStateWriteBudget, type RequestKind } from './budgets.ts';
import type { BudgetStatus, Limiter } from './limiter.ts';

export interface RateLimitOptions {
  /** False: nothing is counted and nothing refused. */
  readonly enabled: boolean;
  readonly refusedKeysPerMinute: number;
  /** Counts refusals, by policy. */
  readonly refusals: Counter<'policy'>;
}

export class RateLimits {
  constructor(
    private readonly limiter: Limiter,
    private readonly options: RateLimitOptions,
  ) {}

  /** Whether anything that the caller does is counted: in the tier `unlimited` nothing is. */
  isLimited({ tier }: Principal): boolean {
    return this.options.enabled && tier !== 'unlimited';
  }

  /**
   * Counts a request. The account is not charged for what its key may not send any more, so that one key that runs wild
   * takes no other's share.
   */
  async countRequest(principal: Principal, kind: RequestKind): Promise<readonly BudgetStatus[]> {
    const { tier, keyId, accountId } = principal;
    const budgets = this.isLimited(principal) ? getBudgets(tier, kind) : null;
    if (!budgets) return [];
    const keyStatus = await this.limiter.consume(budgets.key, keyId);
    return keyStatus.exceeded ? [keyStatus] : [keyStatus, await this.limiter.consume(budgets.account, accountId)];
  }

  /** Counts a write of the caller's own state. */
  async countStateWrite(principal: Principal): Promise<readonly BudgetStatus[]> {
    const { tier, accountId, programId } = principal;
    const budget = this.isLimited(principal) ? getStateWriteBudget(tier) : null;
    return budget ? [await this.limiter.consume(budget, `${accountId}/${programId}`)] : [];
  }

  /** Throws `too-many-requests` when one of the budgets is spent. */
  requireWithinBudget(statuses: readonly BudgetStatus[]): void {
    const spent = statuses.find((standing) => standing.exceeded);
    if (!spent) return;
    const { policy, quota, windowSeconds } = spent.budget;
    this.options.refusals.inc({ policy });
    throw tooMany(`The budget '${policy}' allows ${quota} in ${windowSeconds} seconds and is spent.`, spent);
  }

  /** Throws `too-many-requests` for an address that has sent too many keys that were refused. */
  async requireNotBlocked(address: string): Promise<void> {
    if (!this.options.enabled) return;
    const spent = await this.limiter.peek(getRefusedKeyBudget(this.options.refusedKeysPerMinute), toNetwork(address));
    if (!spent.exceeded) return;
    this.options.refusals.inc({ policy: spent.budget.policy });
    throw tooMany('Too many keys from this address were refused.', spent);
  }

  /** Counts a key that was refused. */
  async countRefusedKey(address: string): Promise<void> {
    if (!this.options.enabled) return;
    await this.limiter.consume(getRefusedKeyBudget(this.options.refusedKeysPerMinute), toNetwork(address));
  }
}

const tooMany = (reason: string, { resetSeconds }: BudgetStatus): Fault =>
  new Fault('too-many-requests', `${reason} Try again in ${resetSeconds} seconds.`, {
    retryAfterSeconds: resetSeconds,
  });
