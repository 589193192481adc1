/**
 * The HTTP face of OAuth: the paths that exist, the budget of callers, the consent's end. oidc-provider is loaded with the first
 * request that needs it, because many servers have no clients that come by OAuth.
 */
import type { Request, RequestHandler, Response } from 'express';
import type Provider from 'oidc-provider';
import { Fault } from '../../platform/faults.ts';
import { findOwnAddress } from '../../platform/http/own-address.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import { describeResource, formatChallenge, isResourceMetadata, PATHS, toResource } from './metadata.ts';
import type { ProviderOptions } from './ports.ts';
import { ROLE_SCOPES } from './scopes.ts';

export interface OAuthOptions extends ProviderOptions {
  readonly limits: Pick<RateLimits, 'countAnonymous' | 'requireWithinBudget'>;
  readonly config: { readonly publicUrl: string; readonly host: string };
}

export interface OAuthEndpoint {
  readonly handle: RequestHandler;
  /** The WWW-Authenticate header of a 401 at /mcp; null where OAuth is off. */
  challenge(request: Request, hasToken: boolean): string | null;
}

const SERVER_METADATA = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'];
/** The consent: its beginning leads to the dashboard's page, and that page to its end. */
const CONSENT_PATH = /^\/oauth\/consent\/([\w-]{10,60})(\/finish)?$/;
const OWN_PATHS = /^\/(oauth\/|\.well-known\/(oauth|openid))/;

/** Method and path of what oidc-provider may be asked. Everything else that it can do is not reachable. */
const ROUTES: readonly (readonly [method: RegExp, path: RegExp])[] = [
  [/^GET$/, new RegExp(`^${PATHS.authorization}(/[\\w-]{10,60})?$`)],
  [/^(POST|OPTIONS)$/, new RegExp(`^(${PATHS.token}|${PATHS.revocation})$`)],
  [/^POST$/, new RegExp(`^${PATHS.registration}$`)],
];

export function createOAuthEndpoint(options: OAuthOptions): OAuthEndpoint {
  const { config, limits, consents, registration } = options;
  const providers = new Map<string, Promise<Provider>>();

  const getProvider = (issuer: string): Promise<Provider> => {
    const found =
      providers.get(issuer) ?? import('./provider.ts').then((loaded) => loaded.createProvider(issuer, options));
    providers.set(issuer, found);
    return found;
  };

  const findIssuer = (request: Request): string | null => findOwnAddress(request, config);

  const run = async (issuer: string, request: Request, response: Response): Promise<void> => {
    trustIssuer(issuer, request);
    await (await getProvider(issuer)).callback()(request, response);
  };

  /** The end of the consent: only in the browser that the client has sent, by oidc-provider's cookie. */
  const finish = async (issuer: string, requestId: string, request: Request, response: Response): Promise<void> => {
    trustIssuer(issuer, request);
    const provider = await getProvider(issuer);
    const interaction = await provider.interactionDetails(request, response).catch(() => null);
    if (interaction?.uid !== requestId)
      throw new Fault(
        'authorization-request-not-found',
        'This browser has no such request. It may have taken too long.',
      );
    const clientId = String(interaction.params['client_id']);
    const ticket = new URL(request.url, issuer).searchParams.get('ticket');
    const consent = ticket === null ? null : await consents.redeem(requestId, clientId, ticket);
    response.setHeader('Cache-Control', 'no-store');
    if (!consent) {
      const denied = { error: 'access_denied', error_description: 'The person did not consent.' };
      return provider.interactionFinished(request, response, denied);
    }
    const grant = new provider.Grant({ accountId: consent.subject, clientId });
    grant.addResourceScope(toResource(issuer), consent.role);
    for (const other of ROLE_SCOPES) if (other !== consent.role) grant.rejectResourceScope(toResource(issuer), other);
    const result = { login: { accountId: consent.subject, remember: false }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };

  return {
    challenge: (request, hasToken) => {
      const issuer = findIssuer(request);
      return issuer && formatChallenge(issuer, hasToken);
    },
    handle: async (request, response, next) => {
      const { path, method } = request;
      const issuer = OWN_PATHS.test(path) ? findIssuer(request) : null;
      if (issuer === null) return next();
      if (isResourceMetadata(path) && method === 'GET')
        return void response.set('Access-Control-Allow-Origin', '*').json(describeResource(issuer));
      if (SERVER_METADATA.includes(path) && method === 'GET') return run(issuer, request, response);
      const [, requestId, isFinish] = CONSENT_PATH.exec(path) ?? [];
      if (requestId && !isFinish && method === 'GET') return response.redirect(303, `/consent/${requestId}`);
      const isRoute = ROUTES.some(([methods, paths]) => methods.test(method) && paths.test(path));
      if (path === PATHS.registration && !registration) return next();
      if (!isRoute && !(requestId && method === 'GET')) return next();
      if (request.ip !== undefined) {
        const status = await limits.countAnonymous(request.ip, path === PATHS.registration ? 'registrations' : 'oauth');
        if (status) limits.requireWithinBudget([status]);
      }
      return requestId ? finish(issuer, requestId, request, response) : run(issuer, request, response);
    },
  };
}

/** oidc-provider derives its own address from these headers. It is the issuer's, whatever was sent. */
function trustIssuer(issuer: string, request: Request): void {
  const { protocol, host } = new URL(issuer);
  Object.assign(request.headers, { 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-host': host });
}
