/** Who may call in a test of rights: a key of each role, and the ways of not having one. */
import type { Role } from '../../openapi/operations.ts';
import type { TestHouse } from './house.ts';

export const ROLES = ['program', 'auditor', 'admin', 'operator'] as const satisfies readonly Role[];

export const CALLERS = [...ROLES, 'nobody', 'a revoked key', 'an expired key'] as const;
export type Caller = (typeof CALLERS)[number];

export const isRole = (caller: Caller): caller is Role => (ROLES as readonly string[]).includes(caller);

export interface Credential {
  /** Empty when there is none. */
  readonly key: string;
  readonly keyId: string;
}

const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;

/**
 * Credentials of a program of the main account. Each role gets a new key every time; those that are revoked or expired had
 * the role with the most rights. Moves the clock by two days.
 */
export async function openCallers(
  house: TestHouse,
  programId: string,
): Promise<(caller: Caller) => Promise<Credential>> {
  const mint = (role: Role, ttlDays = 90) => house.admin.keys.create({ role, programId, ttlDays });
  const expired = await mint('operator', 1);
  house.clock.advance(TWO_DAYS);
  const revoked = await mint('operator');
  await house.admin.keys.revoke(revoked.keyId);
  const gone: Readonly<Record<string, Credential>> = {
    nobody: { key: '', keyId: '' },
    'a revoked key': revoked,
    'an expired key': expired,
  };
  return async (caller) => (isRole(caller) ? mint(caller) : (gone[caller] as Credential));
}
