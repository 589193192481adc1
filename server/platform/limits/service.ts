/** Who may send how much: requests of keys and accounts, state writes of programs, refused keys of addresses. */
import type { Principal } from '../context.ts';
import { Fault } from '../faults.ts';
import type { Counter } from '../metrics/metrics.ts';
import { networkOf } from './address.ts';
import { budgetsOf, type Kind, refusedKeys, stateWritesOf } from './budgets.ts';
import type { Limiter, Standing } from './limiter.ts';

export interface LimitOptions {
  /** False: nothing is counted and nothing refused. */
  readonly enabled: boolean;
  readonly refusedKeysPerMinute: number;
  /** Counts refusals, by policy. */
  readonly refusals: Counter<'policy'>;
}

export class RateLimits {
  constructor(
    private readonly limiter: Limiter,
    private readonly options: LimitOptions,
  ) {}

  /** Whether anything that the caller does is counted: in the tier `unlimited` nothing is. */
  counts({ tier }: Principal): boolean {
    return this.options.enabled && tier !== 'unlimited';
  }

  /**
   * Counts a request. The account is not charged for what its key may not send any more, so that one key that runs wild
   * takes no other's share.
   */
  async request(principal: Principal, kind: Kind): Promise<readonly Standing[]> {
    const { tier, keyId, accountId } = principal;
    const budgets = this.counts(principal) ? budgetsOf(tier, kind) : null;
    if (!budgets) return [];
    const ofKey = await this.limiter.take(budgets.key, keyId);
    return ofKey.exceeded ? [ofKey] : [ofKey, await this.limiter.take(budgets.account, accountId)];
  }

  /** Counts a write of the caller's own state. */
  async stateWrite(principal: Principal): Promise<readonly Standing[]> {
    const { tier, accountId, programId } = principal;
    const budget = this.counts(principal) ? stateWritesOf(tier) : null;
    return budget ? [await this.limiter.take(budget, `${accountId}/${programId}`)] : [];
  }

  /** Throws `too-many-requests` when one of the budgets is spent. */
  requireRoom(standings: readonly Standing[]): void {
    const spent = standings.find((standing) => standing.exceeded);
    if (!spent) return;
    const { policy, quota, windowSeconds } = spent.budget;
    this.options.refusals.inc({ policy });
    throw tooMany(`The budget '${policy}' allows ${quota} in ${windowSeconds} seconds and is spent.`, spent);
  }

  /** Throws `too-many-requests` for an address that has sent too many keys that were refused. */
  async requireTrusted(address: string): Promise<void> {
    if (!this.options.enabled) return;
    const spent = await this.limiter.look(refusedKeys(this.options.refusedKeysPerMinute), networkOf(address));
    if (!spent.exceeded) return;
    this.options.refusals.inc({ policy: spent.budget.policy });
    throw tooMany('Too many keys from this address were refused.', spent);
  }

  /** Counts a key that was refused. */
  async noteRefused(address: string): Promise<void> {
    if (!this.options.enabled) return;
    await this.limiter.take(refusedKeys(this.options.refusedKeysPerMinute), networkOf(address));
  }
}

const tooMany = (reason: string, { resetSeconds }: Standing): Fault =>
  new Fault('too-many-requests', `${reason} Try again in ${resetSeconds} seconds.`, {
    retryAfterSeconds: resetSeconds,
  });
