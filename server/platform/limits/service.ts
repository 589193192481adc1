/** Rate limits: requests per key and account, state writes per program, invalid credentials per address. */
import { Fault } from '../faults.ts';
import type { Counter } from '../metrics/metrics.ts';
import { isAdmin, type Principal } from '../principal.ts';
import { toNetwork } from './address.ts';
import {
  type AnonymousKind,
  type Budget,
  getAnonymousBudget,
  getBudgets,
  getInvalidCredentialBudget,
  getStateWriteBudget,
  type RequestKind,
} from './budgets.ts';
import type { BudgetStatus, Limiter } from './limiter.ts';

export interface RateLimitOptions {
  /** When false, nothing is counted or refused. */
  readonly enabled: boolean;
  readonly refusedKeysPerMinute: number;
  /** Incremented for every request that is refused, labelled with the policy. */
  readonly refusals: Counter<'policy'>;
}

export class RateLimits {
  constructor(
    private readonly limiter: Limiter,
    private readonly options: RateLimitOptions,
  ) {}

  /** Whether requests of this caller are counted. Those of the tier `unlimited` are not. */
  isLimited({ tier }: Principal): boolean {
    return this.options.enabled && tier !== 'unlimited';
  }

  /**
   * Counts a request. The account is charged only while the key is within its own budget, so that one runaway key cannot
   * spend the share of the account's other keys.
   */
  async countRequest(principal: Principal, kind: RequestKind): Promise<readonly BudgetStatus[]> {
    const { tier, keyId, accountId } = principal;
    const budgets = this.isLimited(principal) ? getBudgets(tier, kind) : null;
    if (!budgets) return [];
    const keyStatus = await this.limiter.consume(budgets.key, keyId);
    return keyStatus.exceeded ? [keyStatus] : [keyStatus, await this.limiter.consume(budgets.account, accountId)];
  }

  /**
   * Counts a write of the state of `targetProgramId`. An admin's write counts for that program. Anybody else's counts for
   * the caller's own: what is refused later must not spend the budget of the program that it was aimed at.
   */
  async countStateWrite(principal: Principal, targetProgramId: string): Promise<readonly BudgetStatus[]> {
    const { tier, accountId } = principal;
    const programId = isAdmin(principal) ? targetProgramId : principal.programId;
    const budget = this.isLimited(principal) ? getStateWriteBudget(tier) : null;
    return budget ? [await this.limiter.consume(budget, `${accountId}/${programId}`)] : [];
  }

  /** Throws `too-many-requests` when one of the budgets is spent. */
  requireWithinBudget(statuses: readonly BudgetStatus[]): void {
    const spent = statuses.find((status) => status.exceeded);
    if (!spent) return;
    const { policy, quota, windowSeconds } = spent.budget;
    this.options.refusals.inc({ policy });
    const detail = `The budget '${policy}' allows ${quota} in ${windowSeconds} seconds and is spent. Try again in ${spent.resetSeconds} seconds.`;
    throw new Fault('too-many-requests', detail, { retryAfterSeconds: spent.resetSeconds });
  }

  /** Whether the address has spent its budget of invalid credentials. */
  async isSuspect(address: string): Promise<boolean> {
    if (!this.options.enabled) return false;
    return (await this.limiter.peek(this.#invalidCredentialBudget(), toNetwork(address))).exceeded;
  }

  /** Counts an invalid credential. Null when rate limits are off. */
  async countInvalidCredential(address: string): Promise<BudgetStatus | null> {
    if (!this.options.enabled) return null;
    return this.limiter.consume(this.#invalidCredentialBudget(), toNetwork(address));
  }

  /** Counts a request that needs no credential. Null when rate limits are off. */
  async countAnonymous(address: string, kind: AnonymousKind): Promise<BudgetStatus | null> {
    if (!this.options.enabled) return null;
    return this.limiter.consume(getAnonymousBudget(kind), toNetwork(address));
  }

  #invalidCredentialBudget(): Budget {
    return getInvalidCredentialBudget(this.options.refusedKeysPerMinute);
  }
}
