/** The rules of letting clients in. Pure: time is an argument. */
import type { components } from '../../../openapi/generated/types.ts';
import { DAY, MINUTE } from '../../platform/clock.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import { earlierExpiry, listGrantableRoles, type Principal, type Role } from '../../platform/principal.ts';
import type { ConnectionRow, KeyRow } from '../keys/index.ts';

export type Approval = components['schemas']['Approval'];

/** A client must be let in again after this time, however often it renews its tokens. */
export const CONNECTION_MS = 90 * DAY;
/** How long the browser may take from the consent to its end. */
export const TICKET_MS = 10 * MINUTE;

/** Roles by their rights, the least first. Also the scopes. */
export const ROLES_BY_RIGHTS: readonly Role[] = ['program', 'auditor', 'admin', 'operator'];

/** What was asked for and the person may give, the least rights first. */
export const listOfferedRoles = ({ role }: Pick<Principal, 'role'>, scope: string): Role[] => {
  const requested = new Set(scope.split(' '));
  const grantable = listGrantableRoles(role);
  return ROLES_BY_RIGHTS.filter((each) => requested.has(each) && grantable.has(each));
};

/** Throws `forbidden` for a choice that would give the client more than the person has or the client asked for. */
export function requireOffered(principal: Principal, scope: string, { role, programId }: Approval): void {
  if (!listOfferedRoles(principal, scope).includes(role))
    throw new Fault('forbidden', `The client did not ask for the role ${role}, or this key may not give it.`);
  if (role === 'program' && programId === undefined)
    throw invalidField('body', '/programId', 'is needed for the role program');
  if (principal.role === 'program' && programId !== principal.programId)
    throw new Fault('forbidden', "A program's key lets clients in as its own program only.");
}

/** The row of a client that was just let in. It lives for minutes until the browser goes on with the ticket. */
export const newConnectionRow = (
  { accountId, keyId }: Pick<Principal, 'accountId' | 'keyId'>,
  { role, programId }: Approval,
  client: Pick<ConnectionRow, 'connectionId' | 'clientId' | 'clientName' | 'ticketHash'>,
  now: number,
): ConnectionRow => ({
  ...client,
  accountId,
  keyId,
  role,
  programId: programId ?? null,
  createdAt: now,
  expiresAt: now + TICKET_MS,
  endedAt: null,
});

export const isConnected = ({ endedAt, expiresAt }: Pick<ConnectionRow, 'endedAt' | 'expiresAt'>, now: number) =>
  endedAt === null && now < expiresAt;

/** The row of a new token: a key with the rights of the connection, which outlives neither it nor the person's key. */
export const newTokenRow = (
  connection: ConnectionRow,
  { keyId: createdBy, expiresAt }: Pick<KeyRow, 'keyId' | 'expiresAt'>,
  secret: Pick<KeyRow, 'keyId' | 'secretHash'>,
  until: number,
  now: number,
): KeyRow => ({
  ...secret,
  accountId: connection.accountId,
  programId: connection.programId,
  role: connection.role,
  label: connection.clientName,
  createdBy,
  createdAt: now,
  expiresAt: earlierExpiry(Math.min(until, connection.expiresAt), expiresAt),
  revokedAt: null,
  rotatedTo: null,
  lastUsedAt: null,
  connectionId: connection.connectionId,
  clientName: connection.clientName ?? connection.clientId.slice(0, 200),
  renewalGrantedBy: null,
});
