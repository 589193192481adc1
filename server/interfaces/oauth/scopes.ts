/** The scopes are the roles of the contract: a token has exactly one. */
import { contract } from '../../platform/contract.ts';

type RoleSchema = {
  readonly components: { readonly schemas: { readonly Role: { readonly enum: readonly string[] } } };
};

/** The least rights first. */
export const ROLE_SCOPES: readonly string[] = (contract as unknown as RoleSchema).components.schemas.Role.enum;
/** Ask for a refresh token; every client gets one that can use it. */
export const OFFLINE_ACCESS = 'offline_access';
/** What a client asks for that asks for nothing. */
export const DEFAULT_SCOPE = ROLE_SCOPES[0] ?? 'program';
