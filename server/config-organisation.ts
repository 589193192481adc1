/** The settings by which people sign in with their organisation's account. */
import type { Setting } from './config-setting.ts';
import type { PersonRole, RoleRule } from './interfaces/organisation/claims.ts';
import type { OrganisationSettings } from './interfaces/organisation/settings.ts';
import { SERVER_ACCOUNT } from './platform/principal.ts';

export const ORGANISATION_SETTINGS = {
  organisationIssuer: {
    env: 'FLEETBEAT_OIDC_ISSUER',
    default: '',
    parse: parseIssuer,
    expected: 'the issuer of an OpenID provider, such as https://login.example/realms/work; http:// only for loopback',
    description:
      'The OpenID provider (Keycloak, Entra, Google) whose accounts people [sign in to the dashboard with](host-for-a-team.md#sign-in-with-your-organisations-account). Needs `FLEETBEAT_OIDC_CLIENT_ID` and `FLEETBEAT_OIDC_ROLES`, and `FLEETBEAT_PUBLIC_URL` beyond this machine.',
    group: 'access',
  },
  organisationClientId: {
    env: 'FLEETBEAT_OIDC_CLIENT_ID',
    default: '',
    parse: (text: string) => text,
    expected: 'the client id of this server at the OpenID provider',
    description: 'The client id that the OpenID provider has given to this server.',
    group: 'access',
  },
  organisationClientSecret: {
    env: 'FLEETBEAT_OIDC_CLIENT_SECRET',
    default: '',
    parse: (text: string) => text,
    expected: 'the client secret of this server at the OpenID provider',
    description: 'The client secret that goes with it; none for a public client.',
    group: 'access',
    isSecret: true,
  },
  organisationScope: {
    env: 'FLEETBEAT_OIDC_SCOPE',
    default: 'openid profile email',
    parse: (text: string) => (text.split(' ').includes('openid') ? text : null),
    expected: 'scopes with blanks between them, openid among them',
    description: 'What is asked of the OpenID provider; add the scope that brings the claim, if it needs one.',
    group: 'access',
  },
  organisationClaim: {
    env: 'FLEETBEAT_OIDC_CLAIM',
    default: 'groups',
    parse: (text: string) => (/^[\w.:/-]{1,200}$/.test(text) ? text : null),
    expected: 'the name of a claim, such as groups, roles, realm_access.roles or email',
    description:
      'The claim of the id token that decides about the role: a text or a list of texts. Dots lead into objects (`realm_access.roles`). `email` counts only when it is verified.',
    group: 'access',
  },
  organisationRoles: {
    env: 'FLEETBEAT_OIDC_ROLES',
    default: '',
    parse: parseRoles,
    expected: 'entries such as fleet-admins=admin or guests=auditor@account, with commas between them',
    description:
      'Which value of the claim gives which role: `fleet-admins=admin, everyone=auditor`; `=auditor@payments` is a role in another account than `main`. The first entry that fits counts; who fits none is not let in.',
    group: 'access',
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

function parseIssuer(text: string): string | null {
  if (text === '') return text;
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, search, hash, username } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
  return isSafe && search === '' && hash === '' && username === '' ? text : null;
}

const ROLES: readonly string[] = ['auditor', 'admin', 'operator'] satisfies PersonRole[];

function parseRoles(text: string): readonly RoleRule[] | null {
  const entries = text.split(',').flatMap((entry) => entry.trim() || []);
  const rules = entries.map((entry): RoleRule | null => {
    const [, value = '', role = '', accountId = SERVER_ACCOUNT] =
      /^(.+)=(\w+)(?:@([A-Za-z0-9][A-Za-z0-9._:-]{0,99}))?$/.exec(entry) ?? [];
    if (value === '' || !ROLES.includes(role)) return null;
    // An operator manages the server, which is an account's of its own.
    if (role === 'operator' && accountId !== SERVER_ACCOUNT) return null;
    return { value: value.trim(), role: role as PersonRole, accountId };
  });
  return rules.every((rule) => rule !== null) ? rules : null;
}

/** What is missing beside the issuer; null when nothing is, or when there is no issuer. */
export function findMissingOfOrganisation(values: Readonly<Record<string, unknown>>): string | null {
  if (values['organisationIssuer'] === '') return null;
  if (values['organisationClientId'] === '')
    return 'FLEETBEAT_OIDC_CLIENT_ID: the client id of this server at the OpenID provider';
  if ((values['organisationRoles'] as readonly unknown[]).length === 0)
    return 'FLEETBEAT_OIDC_ROLES: without it nobody would be let in';
  const isLocal = ['localhost', '127.0.0.1', '::1'].includes(String(values['host']));
  return values['publicUrl'] === '' && !isLocal
    ? 'FLEETBEAT_PUBLIC_URL: the OpenID provider sends people back to it'
    : null;
}

/** The settings as the sign-in reads them. */
export const toOrganisationSettings = (config: {
  readonly organisationIssuer: string;
  readonly organisationClientId: string;
  readonly organisationClientSecret: string;
  readonly organisationScope: string;
  readonly organisationClaim: string;
  readonly organisationRoles: readonly RoleRule[];
}): OrganisationSettings => ({
  issuer: config.organisationIssuer,
  clientId: config.organisationClientId,
  clientSecret: config.organisationClientSecret,
  scope: config.organisationScope,
  claim: config.organisationClaim,
  roles: config.organisationRoles,
});
