/**
 * The authorization server: oidc-provider, reduced to what OAuth 2.1 and MCP ask for. One for each issuer, which is this
 * server's origin. Tokens are keys of ours, and nothing is signed: neither id tokens nor any other JWT exist.
 */
import { generateKeyPairSync } from 'node:crypto';
import Provider, { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { formatKey, generateKey } from '../../platform/secret.ts';
import { createAdapterFactory } from './adapter.ts';
import { renderErrorPage } from './error-page.ts';
import { describeServer, PATHS, toResource } from './metadata.ts';
import type { ProviderOptions } from './ports.ts';
import { DEFAULT_SCOPE, OFFLINE_ACCESS, ROLE_SCOPES } from './scopes.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds. */
const TTL = {
  /** A token: short, because a copied one works until it ends. Its refresh token brings the next. */
  AccessToken: 1 * HOUR,
  AuthorizationCode: 1 * MINUTE,
  Interaction: 10 * MINUTE,
  /** From its last use; each use brings a new one. */
  RefreshToken: 30 * DAY,
  /** However often tokens are renewed. The connection ends with it, or earlier. */
  Grant: 90 * DAY,
  Session: 10 * MINUTE,
};

export function createProvider(issuer: string, options: ProviderOptions): Provider {
  const { records, connections, fetchDocument, registration, log } = options;
  const resource = toResource(issuer);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cookie = { httpOnly: true, sameSite: 'lax' as const, secure: issuer.startsWith('https:') };
  const provider = new Provider(issuer, {
    adapter: createAdapterFactory(records),
    // oidc-provider does not start without a key. This one signs nothing and is published nowhere.
    jwks: { keys: [privateKey.export({ format: 'jwk' })] as never },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    routes: PATHS,
    // Clients register with those that they may ask for.
    scopes: [...ROLE_SCOPES, OFFLINE_ACCESS],
    claims: {},
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    // A native client may use any port of a loopback address (RFC 8252, section 7.3).
    clientDefaults: {
      application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'ES256',
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    extraClientMetadata: {
      properties: ['x_redirects'],
      validator: (_ctx, _key, _value, metadata) => requireSafeRedirects(metadata),
    },
    cookies: {
      names: { session: 'fb_oauth_session', interaction: 'fb_oauth_request', resume: 'fb_oauth_resume' },
      long: cookie,
      short: cookie,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
      requestObjects: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, { clientId }, token) => token.clientId === clientId },
      registration: { enabled: registration, issueRegistrationAccessToken: false },
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, requested) {
          if (requested !== resource) throw new errors.InvalidTarget(`the only resource here is ${resource}`);
          return { scope: ROLE_SCOPES.join(' '), audience: resource, accessTokenFormat: 'opaque' };
        },
      },
    },
    pkce: { required: () => true },
    interactions: {
      policy: [createConsentPrompt()],
      url: (_ctx, { uid }) => `/oauth/consent/${uid}`,
    },
    async findAccount(_ctx, subject) {
      const connection = await connections.find(subject);
      return connection ? { accountId: subject, claims: () => ({ sub: subject }) } : undefined;
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    revokeGrantPolicy: () => true,
    expiresWithSession: () => false,
    clientBasedCORS: (_ctx, origin, client) => (client.redirectUris ?? []).some((uri) => uri.startsWith(`${origin}/`)),
    ttl: TTL,
    fetch: (url) => fetchDocument(url as string | URL),
    renderError: renderErrorPage,
  });
  makeTokensKeys(provider);
  // The address is that of the issuer, whatever a proxy in front passes on: see `trustIssuer` in endpoint.ts.
  provider.proxy = true;
  // Koa would print errors; they are logged here.
  provider.silent = true;
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'OAuth request failed'));
  provider.on('grant.error', (_ctx, error) =>
    log.warn({ reason: error.error_detail ?? error.message }, 'token refused'),
  );
  provider.use(async (ctx, next) => {
    await next();
    if ((ctx as KoaContextWithOIDC).oidc?.route === 'discovery') ctx.body = describeServer(ctx.body as never);
  });
  return provider;
}

/** The text of a token is that of a key of ours, so nothing behind the door changes. */
function makeTokensKeys({ AccessToken }: Provider): void {
  const prototype = AccessToken.prototype as unknown as { generateTokenId(): string };
  const { generateTokenId } = prototype;
  prototype.generateTokenId = function generateTokenIdAsKey(this: typeof prototype) {
    // It also decides about the format, which stays opaque.
    generateTokenId.call(this);
    return formatKey(generateKey());
  };
}

/** One prompt for each request: nobody is ever let in without being asked. */
function createConsentPrompt(): interactionPolicy.Prompt {
  const isAsked = ({ oidc }: KoaContextWithOIDC) => {
    const known = (oidc.params?.['scope'] as string | undefined)?.split(' ').filter(isKnownScope);
    if (oidc.params) oidc.params['scope'] = known?.join(' ') ?? DEFAULT_SCOPE;
    if (known?.every((scope) => scope === OFFLINE_ACCESS))
      throw new errors.InvalidScope('no scope of this server was requested', known.join(' '));
    return !(oidc.result as { consent?: unknown } | undefined)?.consent;
  };
  return new interactionPolicy.Prompt(
    { name: 'consent', requestable: true },
    ({ oidc }) => ({ clientName: oidc.client?.clientName?.slice(0, 200) ?? null }),
    new interactionPolicy.Check('consent_needed', 'a person must consent', isAsked),
  );
}

const isKnownScope = (scope: string): boolean => scope === OFFLINE_ACCESS || ROLE_SCOPES.includes(scope);

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Codes travel by HTTPS, on this device, or to an app of it; never in the clear over a network. */
function requireSafeRedirects({ redirect_uris: uris }: { redirect_uris?: readonly string[] | undefined }): void {
  for (const uri of uris ?? []) {
    if (!URL.canParse(uri)) throw new errors.InvalidClientMetadata('redirect_uris must be addresses');
    const { protocol, hostname } = new URL(uri);
    if (protocol === 'http:' && !LOOPBACK_HOSTS.includes(hostname))
      throw new errors.InvalidClientMetadata('redirect_uris must be https, loopback, or of an app');
  }
}
