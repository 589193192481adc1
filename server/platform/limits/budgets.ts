/** How many requests who may send. Pure tables; README explains them. */
import type { Tier } from '../principal.ts';

/** A quota for each window of time. Its name is that of the policy in the headers RateLimit and RateLimit-Policy. */
export interface Budget {
  readonly policy: string;
  readonly quota: number;
  readonly windowSeconds: number;
}

/** A GET reads; every other method writes. */
export type RequestKind = 'read' | 'write';

const WINDOW_SECONDS = 60;

/** Requests that one key may send in a minute. */
const PER_KEY: Readonly<Record<Exclude<Tier, 'unlimited'>, Readonly<Record<RequestKind, number>>>> = {
  free: { read: 120, write: 60 },
  pro: { read: 600, write: 300 },
  team: { read: 1200, write: 600 },
};

/** How many keys of an account may be at their limit at once. */
const KEYS_PER_ACCOUNT = { free: 2, pro: 5, team: 5 } as const;

/** The budget of a key and that of its account; null for the tier that has no limit. */
export function getBudgets(tier: Tier, kind: RequestKind): { readonly key: Budget; readonly account: Budget } | null {
  if (tier === 'unlimited') return null;
  const quota = PER_KEY[tier][kind];
  return {
    key: perMinute(`key-${kind}s`, quota),
    account: perMinute(`account-${kind}s`, quota * KEYS_PER_ACCOUNT[tier]),
  };
}

/** Writes of one program's state, beside the budgets above: memory is for what matters, not for every step. */
export const getStateWriteBudget = (tier: Tier): Budget | null =>
  tier === 'unlimited' ? null : perMinute('state-writes', 10);

/** Invalid credentials of one address that are answered 401; further ones are answered 429. */
export const getInvalidCredentialBudget = (quota: number): Budget => perMinute('refused-keys', quota);

const perMinute = (policy: string, quota: number): Budget => ({ policy, quota, windowSeconds: WINDOW_SECONDS });
