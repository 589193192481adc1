/** The rules of keys. Pure: each is handed the time. */
import type { components } from '../../openapi/generated/types.ts';
import { DAY } from '../clock.ts';
import type { Principal } from '../context.ts';
import { Fault, invalidField } from '../faults.ts';
import type { KeyRow, Role } from './entity.ts';

export type KeyCreate = components['schemas']['KeyCreate'];

const DEFAULT_TTL_DAYS = 90;

/** Who may mint what: never more than one's own. */
const MAY_MINT: Readonly<Record<Role, readonly Role[]>> = {
  program: [],
  auditor: [],
  admin: ['program', 'auditor', 'admin'],
  operator: ['program', 'auditor', 'admin', 'operator'],
};

export const isValid = (key: Pick<KeyRow, 'expiresAt' | 'revokedAt'>, now: number): boolean =>
  (key.revokedAt === null || key.revokedAt > now) && (key.expiresAt === null || key.expiresAt > now);

/** The row of a new key. Throws `forbidden` and `invalid-request`. */
export function minted(
  principal: Principal,
  create: KeyCreate,
  secret: { keyId: string; secretHash: string },
  now: number,
): KeyRow {
  const role = create.role ?? 'program';
  if (!MAY_MINT[principal.role].includes(role)) {
    throw new Fault('forbidden', `A key of the role ${role} can only be made by an operator.`);
  }
  if (role === 'program' && create.programId === undefined) {
    throw invalidField('body', '/programId', 'is needed for a key of the role program');
  }
  const days = create.ttlDays ?? DEFAULT_TTL_DAYS;
  return {
    ...secret,
    accountId: principal.accountId,
    programId: create.programId ?? null,
    role,
    label: create.label ?? null,
    createdAt: now,
    expiresAt: days === 0 ? null : now + days * DAY,
    revokedAt: null,
  };
}
