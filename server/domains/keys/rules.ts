/** The rules of keys. Pure: time is an argument. */
import type { components } from '../../../openapi/generated/types.ts';
import { DAY, SECOND } from '../../platform/clock.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import {
  EXPIRY_NOTICE_MS,
  earlierExpiry,
  MINTABLE_ROLES,
  type Principal,
  type Role,
} from '../../platform/principal.ts';
import type { KeyRow } from './entity.ts';

export type KeyCreate = components['schemas']['KeyCreate'];

const DEFAULT_TTL_DAYS = 90;

/**
 * A revoked key stays revoked even when the clock is set back before that moment. Only a rotated key has its last seconds,
 * and never more than those.
 */
export const isValid = (key: Pick<KeyRow, 'expiresAt' | 'revokedAt' | 'rotatedTo'>, now: number): boolean =>
  !isRevoked(key, now) && (key.expiresAt === null || key.expiresAt > now);

export const isRevoked = ({ revokedAt, rotatedTo }: Pick<KeyRow, 'revokedAt' | 'rotatedTo'>, now: number): boolean =>
  revokedAt !== null && !(rotatedTo !== null && now < revokedAt && revokedAt <= now + ROTATION_GRACE_MS);

/** What a new key gets from the one that creates it: no more rights and no longer life. */
export type KeyCreator = Pick<Principal, 'accountId' | 'keyId' | 'role' | 'expiresAt'>;

/** The row of a new key. Throws `forbidden` and `invalid-request`. */
export function newKeyRow(
  principal: KeyCreator,
  create: KeyCreate,
  secret: { keyId: string; secretHash: string },
  now: number,
): KeyRow {
  const role = create.role ?? 'program';
  requireMintable(principal, role);
  if (role === 'program' && create.programId === undefined) {
    throw invalidField('body', '/programId', 'is needed for a key of the role program');
  }
  if (create.renewable && role !== 'program')
    throw invalidField('body', '/renewable', 'is for keys of the role program');
  const days = create.ttlDays ?? DEFAULT_TTL_DAYS;
  const requestedExpiry = days === 0 ? null : now + days * DAY;
  return {
    ...secret,
    accountId: principal.accountId,
    programId: create.programId ?? null,
    role,
    label: create.label ?? null,
    createdBy: principal.keyId,
    createdAt: now,
    // No key outlives its creator: whoever holds a key for a day must not keep access by a second one.
    expiresAt: earlierExpiry(requestedExpiry, principal.expiresAt),
    revokedAt: null,
    rotatedTo: null,
    lastUsedAt: null,
    connectionId: null,
    clientName: null,
    renewalGrantedBy: create.renewable ? principal.keyId : null,
  };
}

/** Throws `forbidden` for a role with more rights than the caller's own. */
export function requireMintable({ role }: Pick<Principal, 'role'>, requested: Role): void {
  if (MINTABLE_ROLES[role].includes(requested)) return;
  throw new Fault(
    'forbidden',
    `A key of the role ${role} may not make, rotate or revoke a key of the role ${requested}.`,
  );
}

/** How long a rotated key still works, so that a running agent can change over. */
const ROTATION_GRACE_MS = 30 * SECOND;

/**
 * Both rows of a rotation: the old key, which expires soon, and its successor. Throws `key-not-rotatable` for a key that
 * was rotated already or is no longer valid, and `forbidden`. The successor keeps the old key's expiry, but does not
 * outlive the caller's key, whose holder gets its secret.
 */
export function rotateKeyRow(
  principal: Principal,
  key: KeyRow,
  secret: { keyId: string; secretHash: string },
  now: number,
) {
  if (principal.keyId !== key.keyId) requireMintable(principal, key.role);
  requireRotatable(key, now);
  const expiresAt = earlierExpiry(key.expiresAt, principal.expiresAt);
  const successor: KeyRow = {
    ...key,
    ...secret,
    expiresAt,
    createdBy: principal.keyId,
    createdAt: now,
    lastUsedAt: null,
  };
  return { successor, old: { ...key, rotatedTo: secret.keyId, revokedAt: now + ROTATION_GRACE_MS } };
}

/** Throws `key-not-rotatable`. */
function requireRotatable(key: KeyRow, now: number): void {
  if (key.connectionId !== null) {
    throw new Fault('key-not-rotatable', `'${key.keyId}' is a token. Its client renews it with its refresh token.`);
  }
  if (key.rotatedTo !== null) {
    throw new Fault(
      'key-not-rotatable',
      `Key '${key.keyId}' was rotated already, to '${key.rotatedTo}'. Rotate that one.`,
    );
  }
  if (key.revokedAt !== null || !isValid(key, now)) {
    throw new Fault('key-not-rotatable', `Key '${key.keyId}' is revoked or expired. Have an admin make a new one.`);
  }
}

/**
 * Both rows of a renewal. The successor has the whole life of the old key again, but expires with the key that allows the
 * renewal. The old key works until it expires: other machines may have it. Throws `forbidden` for another key than the
 * caller's own, and `key-not-rotatable`.
 */
export function renewKeyRow(
  principal: Principal,
  { key, grantor }: { readonly key: KeyRow; readonly grantor: KeyRow | null },
  secret: { keyId: string; secretHash: string },
  now: number,
) {
  if (principal.keyId !== key.keyId) throw new Fault('forbidden', 'Only the program that holds a key renews it.');
  requireRotatable(key, now);
  const refuse = (why: string) => new Fault('key-not-rotatable', `Key '${key.keyId}' cannot be renewed: ${why}`);
  if (key.renewalGrantedBy === null || key.expiresAt === null)
    throw refuse('it is not renewable. Have an admin make a new one.');
  if (!grantor || !isValid(grantor, now))
    throw refuse(
      `the key '${key.renewalGrantedBy}' that allowed it is revoked or expired. Have an admin make a new one.`,
    );
  const lifeMs = key.expiresAt - key.createdAt;
  const renewableAt = key.expiresAt - Math.min(EXPIRY_NOTICE_MS, lifeMs / 2);
  if (now < renewableAt) throw refuse(`it can be from ${new Date(renewableAt).toISOString()} on.`);
  const expiresAt = earlierExpiry(now + lifeMs, grantor.expiresAt) ?? now + lifeMs;
  if (expiresAt <= key.expiresAt)
    throw refuse(`the key '${grantor.keyId}' that allowed it expires no later. Have an admin make a new one.`);
  const successor: KeyRow = { ...key, ...secret, expiresAt, createdBy: key.keyId, createdAt: now, lastUsedAt: null };
  return { successor, old: { ...key, rotatedTo: secret.keyId } };
}
