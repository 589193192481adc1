/** The authenticated caller of a request, and where the request came from. */
import type { components } from '../../openapi/generated/types.ts';

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
  /** The IP address of the request. */
  readonly address?: string | undefined;
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
