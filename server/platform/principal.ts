/** The authenticated caller of a request, and where the request came from. */
import type { components } from '../../openapi/generated/types.ts';

export type Role = components['schemas']['Role'];
export type Tier = components['schemas']['Tier'];

/** The holder of a key. It comes from the credential alone. */
export interface Principal {
  readonly accountId: string;
  readonly accountName: string;
  readonly tier: Tier;
  readonly keyId: string;
  readonly role: Role;
  readonly programId: string | null;
  readonly label: string | null;
  readonly expiresAt: number | null;
  /** The web session whose cookie was sent in place of the key. */
  readonly web?: { readonly tokenHash: string; readonly csrfToken: string };
}

/** Where a request came from. */
export interface ClientInfo {
  /** The caller's address; undefined within the process. */
  readonly address: string | undefined;
  /** Whether the caller spoke TLS, to this server or to a proxy that it trusts. */
  readonly https: boolean;
}

/** The account that a server makes for itself. Its fixed id lets only one of two first starts make it. */
export const SERVER_ACCOUNT = 'main';

/** An admin, or an operator, who is an admin with more rights. */
export const isAdmin = ({ role }: Pick<Principal, 'role'>): boolean => role === 'admin' || role === 'operator';
