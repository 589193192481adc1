/** The callers of a rights test: a key of each role, and missing or invalid keys. */
import type { Role } from '../../openapi/operations.ts';
import type { TestServer } from './test-server.ts';

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
 * Credentials of a program of the main account: a new key of each role; the revoked and expired ones had the role with the
 * most rights. Advances the clock by two days.
 */
export async function createCredentialFactory(
  server: TestServer,
  programId: string,
): Promise<(caller: Caller) => Promise<Credential>> {
  const createKey = (role: Role, ttlDays = 90) => server.admin.keys.create({ role, programId, ttlDays });
  const expired = await createKey('operator', 1);
  server.clock.advance(TWO_DAYS);
  const revoked = await createKey('operator');
  await server.admin.keys.revoke(revoked.keyId);
  const unusableKeys: Readonly<Record<string, Credential>> = {
    nobody: { key: '', keyId: '' },
    'a revoked key': revoked,
    'an expired key': expired,
  };
  return async (caller) => (isRole(caller) ? createKey(caller) : (unusableKeys[caller] as Credential));
}
