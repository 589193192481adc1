import type { RoleRule } from './claims.ts';

export interface OrganisationSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Empty for a public client. */
  readonly clientSecret: string;
  readonly scope: string;
  readonly claim: string;
  readonly roles: readonly RoleRule[];
}
