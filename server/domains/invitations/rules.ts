/** The rules of invitations. Pure: time is an argument. */
import type { components } from '../../../openapi/generated/types.ts';
import { HOUR, MINUTE } from '../../platform/clock.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import type { Principal, Role } from '../../platform/principal.ts';
import type { InvitationRow } from './entity.ts';

type Schemas = components['schemas'];
export type InvitationCreate = Schemas['InvitationCreate'];
export type InvitationState = Schemas['InvitationState'];

const TTL_MS = 10 * MINUTE;
/** With 30 secret bits, five tries find one typed code in two hundred million. */
export const MAX_TYPED_TRIES = 5;
/** Tries of all typed codes of an account within an hour. Beyond, only the long codes work. */
export const MAX_TYPED_TRIES_OF_ACCOUNT = 25;
export const TYPED_TRIES_WINDOW_MS = 1 * HOUR;

export type StoredCodes = Pick<InvitationRow, 'invitationId' | 'codeHash' | 'locator' | 'typedHash'>;

/** The row of a new invitation. Throws `invalid-request`. */
export function newInvitation(
  { accountId, keyId }: Pick<Principal, 'accountId' | 'keyId'>,
  create: InvitationCreate,
  codes: StoredCodes,
  now: number,
): InvitationRow {
  const { grants = 'key', role = 'program', programId, label, ttlDays } = create;
  if (role === 'program' && programId === undefined)
    throw invalidField('body', '/programId', 'is needed for an invitation of the role program');
  if (grants === 'web-session' && ttlDays !== undefined)
    throw invalidField('body', '/ttlDays', 'is not for a web session: FLEETBEAT_WEB_SESSION_MAX ends it');
  return {
    ...codes,
    accountId,
    typedTries: 0,
    grants,
    role,
    programId: programId ?? null,
    label: label ?? null,
    ttlDays: ttlDays ?? null,
    createdBy: keyId,
    createdAt: now,
    expiresAt: now + TTL_MS,
    usedAt: null,
    keyId: null,
    withdrawnAt: null,
  };
}

/** What it is at `now`. `hasInviter`: whether the key that created it is still valid. */
export function getInvitationState(
  { usedAt, withdrawnAt, expiresAt }: Pick<InvitationRow, 'usedAt' | 'withdrawnAt' | 'expiresAt'>,
  hasInviter: boolean,
  now: number,
): InvitationState {
  if (usedAt !== null) return 'used';
  if (withdrawnAt !== null) return 'withdrawn';
  if (expiresAt <= now) return 'expired';
  return hasInviter ? 'open' : 'inviter-revoked';
}

/** Why an invitation is refused, for whoever presents its code. */
export function describeClosed(
  { usedAt, withdrawnAt, expiresAt }: InvitationRow,
  state: Exclude<InvitationState, 'open'>,
  formatInstant: (ms: number) => string,
): string {
  const reasons: Readonly<Record<typeof state, string>> = {
    used: `was used already, at ${formatInstant(usedAt ?? expiresAt)}`,
    withdrawn: `was withdrawn at ${formatInstant(withdrawnAt ?? expiresAt)}`,
    expired: `has expired at ${formatInstant(expiresAt)}: it is good for ten minutes`,
    'inviter-revoked': 'is void: the key that created it is revoked or has expired',
  };
  return `This invitation ${reasons[state]}. Ask for another one.`;
}

/** What the caller can use; without a role any. */
export interface WantedGrant {
  readonly grants: InvitationRow['grants'];
  readonly role: Role | undefined;
}

/** Throws `invitation-of-another-kind`. The invitation stays open. */
export function requireGrant({ grants, role }: WantedGrant & Pick<InvitationRow, 'role'>, wanted: WantedGrant): void {
  if (grants === wanted.grants && role === (wanted.role ?? role)) return;
  if (grants === wanted.grants)
    throw new Fault('invitation-of-another-kind', `This invitation is for the role ${role}, not for ${wanted.role}.`);
  throw new Fault(
    'invitation-of-another-kind',
    grants === 'key'
      ? 'This invitation is for an agent, not for a browser. In the folder of its project: fleetbeat connect claude-code --invite <this link>'
      : 'This invitation is for a browser, not for an agent. Open it as a link: <address of the server>/#link=<code>',
  );
}
