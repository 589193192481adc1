/** Request budgets by tier. Pure tables; the README explains them. */
import type { Tier } from '../principal.ts';

/** A quota per time window. `policy` is its name in the headers RateLimit and RateLimit-Policy. */
export interface Budget {
  readonly policy: string;
  readonly quota: number;
  readonly windowSeconds: number;
}

/** GET is a read; every other method is a write. */
export type RequestKind = 'read' | 'write';

const WINDOW_SECONDS = 60;

/** Requests per minute and key. */
const PER_KEY: Readonly<Record<Exclude<Tier, 'unlimited'>, Readonly<Record<RequestKind, number>>>> = {
  free: { read: 120, write: 60 },
  pro: { read: 600, write: 300 },
  team: { read: 1200, write: 600 },
};

/** The account's budget, as a multiple of a key's. */
const KEYS_PER_ACCOUNT = { free: 2, pro: 5, team: 5 } as const;

/** The budgets of a key and of its account; null for the unlimited tier. */
export function getBudgets(tier: Tier, kind: RequestKind): { readonly key: Budget; readonly account: Budget } | null {
  if (tier === 'unlimited') return null;
  const quota = PER_KEY[tier][kind];
  return {
    key: perMinute(`key-${kind}s`, quota),
    account: perMinute(`account-${kind}s`, quota * KEYS_PER_ACCOUNT[tier]),
  };
}

/** State writes per program, in addition to the budgets above: state is not a log of every step. */
export const getStateWriteBudget = (tier: Tier): Budget | null =>
  tier === 'unlimited' ? null : perMinute('state-writes', 10);

/** Invalid credentials of one address that are answered 401; further ones are answered 429. */
export const getInvalidCredentialBudget = (quota: number): Budget => perMinute('refused-keys', quota);

/** Requests of one address that need no credential: to be let in by OAuth, and to register as a client. */
const ANONYMOUS = { oauth: 120, registrations: 10 } as const;
export type AnonymousKind = keyof typeof ANONYMOUS;

export const getAnonymousBudget = (kind: AnonymousKind): Budget => perMinute(kind, ANONYMOUS[kind]);

const perMinute = (policy: string, quota: number): Budget => ({ policy, quota, windowSeconds: WINDOW_SECONDS });
