/** What clients read to find their way in: RFC 9728 for the resource, RFC 8414 for the authorization server. */
import { OFFLINE_ACCESS, ROLE_SCOPES } from './scopes.ts';

/** The paths of oidc-provider's endpoints. Those that are not here are not reachable: see `endpoint.ts`. */
export const PATHS = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  revocation: '/oauth/revoke',
  registration: '/oauth/register',
};

const RESOURCE_PATH = '/mcp';
const RESOURCE_METADATA_PATH = '/.well-known/oauth-protected-resource';

/** The resource that tokens are for: their audience (RFC 8707). */
export const toResource = (issuer: string): string => `${issuer}${RESOURCE_PATH}`;

/** Whether a path is one of the two at which clients look for the metadata of /mcp. */
export const isResourceMetadata = (path: string): boolean =>
  path === RESOURCE_METADATA_PATH || path === `${RESOURCE_METADATA_PATH}${RESOURCE_PATH}`;

export const describeResource = (issuer: string): object => ({
  resource: toResource(issuer),
  authorization_servers: [issuer],
  scopes_supported: ROLE_SCOPES,
  bearer_methods_supported: ['header'],
  resource_name: 'Fleetbeat',
});

/** The challenge of a 401 at /mcp. `hasToken`: the request had one, which is not valid. */
export const formatChallenge = (issuer: string, hasToken: boolean): string =>
  [
    'Bearer realm="fleetbeat"',
    ...(hasToken ? ['error="invalid_token"'] : []),
    `resource_metadata="${issuer}${RESOURCE_METADATA_PATH}${RESOURCE_PATH}"`,
    `scope="${ROLE_SCOPES.join(' ')}"`,
  ].join(', ');

/** What of oidc-provider's metadata is true of OAuth alone; the rest is OpenID's. */
const FIELDS = [
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'revocation_endpoint',
  'registration_endpoint',
  'response_types_supported',
  'grant_types_supported',
  'token_endpoint_auth_methods_supported',
  'code_challenge_methods_supported',
  'authorization_response_iss_parameter_supported',
  'client_id_metadata_document_supported',
] as const;

export const describeServer = (metadata: Readonly<Record<string, unknown>>): object => ({
  ...Object.fromEntries(FIELDS.flatMap((name) => (metadata[name] === undefined ? [] : [[name, metadata[name]]]))),
  scopes_supported: [...ROLE_SCOPES, OFFLINE_ACCESS],
  response_modes_supported: ['query'],
  revocation_endpoint_auth_methods_supported: ['none'],
});
