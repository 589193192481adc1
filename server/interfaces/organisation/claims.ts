/** From the claims of an id token to what a person may do here. Pure. */

export type PersonRole = 'auditor' | 'admin' | 'operator';

/** One entry of FLEETBEAT_OIDC_ROLES: who has this value in the claim has this role in this account. */
export interface RoleRule {
  readonly value: string;
  readonly role: PersonRole;
  readonly accountId: string;
}

type Claims = Readonly<Record<string, unknown>>;

/** The first rule that the claim fulfils; null when there is none. An e-mail address counts once the organisation has verified it. */
export function selectRole(claims: Claims, claim: string, rules: readonly RoleRule[]): RoleRule | null {
  if (claim === 'email' && claims['email_verified'] !== true) return null;
  const found = readClaim(claims, claim);
  const values: readonly unknown[] = Array.isArray(found) ? found : [found];
  return rules.find(({ value }) => values.includes(value)) ?? null;
}

/** The claim of this name, else the one that dots lead to: `realm_access.roles` of Keycloak. */
function readClaim(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Claims)[part];
  }
  return value;
}

/** What the web session is listed as. */
export function describePerson({ email, preferred_username: username, name, sub }: Claims): string {
  const known = [email, username, name, sub].find((each) => typeof each === 'string' && each !== '');
  return String(known ?? 'A person').slice(0, 200);
}
