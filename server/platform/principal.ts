/** The authenticated caller of a request, and where the request came from. */
import type { components } from '../../openapi/generated/types.ts';
import { DAY } from './clock.ts';

export type Role = components['schemas']['Role'];
export type Tier = components['schemas']['Tier'];

/** The holder of a key. Derived from the credential alone, never from a header, body or path. */
export interface Principal {
  readonly accountId: string;
  readonly accountName: string;
  readonly tier: Tier;
  readonly keyId: string;
  readonly role: Role;
  readonly programId: string | null;
  readonly label: string | null;
  readonly expiresAt: number | null;
  /** Whether its program may renew the key. */
  readonly renewable?: boolean;
  /** The IP address of the request. */
  readonly address?: string | undefined;
  /** The connection whose token it is. Tokens are good at /mcp alone: that is their audience (RFC 8707). */
  readonly connectionId?: string;
  /** The web session, when the request carried its cookie instead of a key. */
  readonly web?: { readonly tokenHash: string; readonly csrfToken: string };
}

/** Where a request came from. */
export interface ClientInfo {
  /** The caller's IP address; undefined for calls within the process. */
  readonly address: string | undefined;
  /** Whether the caller used TLS, to this server or to a trusted proxy. */
  readonly https: boolean;
  /** What the client calls itself. Anybody can send anything. */
  readonly userAgent: string | undefined;
}

/** The account that the first start creates. Its id is fixed so that of two concurrent first starts only one creates it. */
export const SERVER_ACCOUNT = 'main';

/** Whether the principal is an admin or an operator, whose rights include an admin's. */
export const isAdmin = ({ role }: Pick<Principal, 'role'>): boolean => role === 'admin' || role === 'operator';

/** The roles that a key may create: never more rights than its own. */
export const MINTABLE_ROLES: Readonly<Record<Role, readonly Role[]>> = {
  program: [],
  auditor: [],
  admin: ['program', 'auditor', 'admin'],
  operator: ['program', 'auditor', 'admin', 'operator'],
};

/** The roles that the holder of a key may let a client act with: those that it may make keys of, and its own. */
export const listGrantableRoles = (role: Role): ReadonlySet<Role> => new Set([...MINTABLE_ROLES[role], role]);

/** The earlier of two expiries; null never expires. */
export const earlierExpiry = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

/** How long before its expiry a key is announced, and may be renewed. Long enough that it includes somebody's working week. */
export const EXPIRY_NOTICE_MS = 14 * DAY;
