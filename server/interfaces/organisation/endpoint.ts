/**
 * People sign in with their organisation's account: `/sign-in/organisation` sends the browser to the provider, and `…/callback`
 * takes it back. What has to match in between stays in a cookie of that browser, so that nobody else's answer signs it in.
 */
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, RequestHandler, Response } from 'express';
import { Fault } from '../../platform/faults.ts';
import { createSessionCookie } from '../../platform/http/cookie.ts';
import { findOwnAddress } from '../../platform/http/own-address.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Log } from '../../platform/log.ts';
import type { ClientInfo } from '../../platform/principal.ts';
import { describePerson, type PersonRole, selectRole } from './claims.ts';
import type { Challenge, OrganisationProvider } from './provider.ts';
import type { OrganisationSettings } from './settings.ts';

/** Also named by the server's index, for the dashboard's button. */
export const ORGANISATION_SIGN_IN = '/sign-in/organisation';
const CALLBACK = `${ORGANISATION_SIGN_IN}/callback`;
const COOKIE = 'fleetbeat-organisation';
const COOKIE_SECONDS = 600;

interface Person {
  readonly accountId: string;
  readonly role: PersonRole;
  readonly label: string;
  /** Whom the organisation says that it is, for the audit. */
  readonly subject: string;
}

export interface OrganisationOptions {
  readonly settings: OrganisationSettings;
  readonly config: { readonly publicUrl: string; readonly host: string; readonly webSessionMaxMs: number };
  readonly limits: Pick<RateLimits, 'countAnonymous' | 'requireWithinBudget'>;
  readonly log: Log;
  /** Opens a web session; resolves with the token of its cookie. */
  readonly signIn: (person: Person, client: ClientInfo) => Promise<string>;
}

interface Pending extends Challenge {
  /** The page that the person wanted. */
  readonly to: string;
}

/** Passes everything on when no provider is set. */
export function createOrganisationSignIn(options: OrganisationOptions): RequestHandler {
  const { settings, config, limits, log, signIn } = options;
  if (settings.issuer === '') return (_request, _response, next) => next();
  let provider: Promise<OrganisationProvider> | undefined;
  // Many servers need it never.
  const getProvider = () => {
    provider ??= import('./provider.ts').then((loaded) => new loaded.OrganisationProvider(settings));
    return provider;
  };

  const begin = async (own: string, request: Request, response: Response) => {
    const to = toPage(new URL(request.url, own).searchParams.get('to'));
    const { challenge, address } = await (await getProvider()).begin(`${own}${CALLBACK}`).catch((error: unknown) => {
      log.error({ err: error }, 'the OpenID provider could not be asked');
      throw new Fault(
        'unavailable',
        "The organisation's sign-in does not answer. The server's log says why; a key still signs in.",
      );
    });
    response.setHeader('Set-Cookie', toCookie(request, JSON.stringify({ ...challenge, to }), COOKIE_SECONDS));
    response.setHeader('Cache-Control', 'no-store');
    response.redirect(303, address);
  };

  const finish = async (own: string, request: Request, response: Response) => {
    const pending = readPending(request);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Set-Cookie', toCookie(request, '', 0));
    if (!pending)
      throw new Fault('unauthenticated', 'This browser has not begun to sign in, or it took too long. Begin again.');
    const claims = await (await getProvider()).finish(new URL(request.url, own), pending).catch((error: unknown) => {
      log.warn({ err: error, address: request.ip }, 'organisation sign-in refused');
      throw new Fault(
        'unauthenticated',
        "The organisation's answer could not be accepted. The server's log says why. Begin again.",
      );
    });
    const rule = selectRole(claims, settings.claim, settings.roles);
    if (!rule) {
      log.warn({ subject: claims['sub'], address: request.ip }, 'organisation sign-in without a role');
      throw new Fault('forbidden', 'Your organisation has not given you a role here. Ask whoever runs this server.');
    }
    const { role, accountId } = rule;
    const person = { role, accountId, label: describePerson(claims), subject: `${claims['iss']} ${claims['sub']}` };
    const client = { address: request.ip, https: request.secure, userAgent: request.headers['user-agent'] };
    const token = await signIn(person, client);
    const session = createSessionCookie(token, Math.floor(config.webSessionMaxMs / 1000), client.https);
    response.setHeader('Set-Cookie', [toCookie(request, '', 0), session]);
    response.redirect(303, pending.to);
  };

  return async (request, response, next) => {
    const isBegin = request.path === ORGANISATION_SIGN_IN;
    if (request.method !== 'GET' || !(isBegin || request.path === CALLBACK)) return next();
    const own = findOwnAddress(request, config);
    if (own === null) return next();
    if (request.ip !== undefined) {
      const status = await limits.countAnonymous(request.ip, 'oauth');
      if (status) limits.requireWithinBudget([status]);
    }
    await (isBegin ? begin : finish)(own, request, response);
  };
}

/** Lax, because the browser comes back from the provider's site; with the prefix `__Host-` no other host can set it. */
const toCookie = ({ secure }: Request, text: string, maxAge: number): string => {
  const value = Buffer.from(text).toString('base64url');
  return stringifySetCookie({
    name: toCookieName(secure),
    value,
    maxAge,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
  });
};

const toCookieName = (secure: boolean): string => (secure ? `__Host-${COOKIE}` : COOKIE);

/** Null for a cookie that is missing or was not made here. */
function readPending({ headers, secure }: Request): Pending | null {
  const value = parseCookie(headers.cookie ?? '')[toCookieName(secure)];
  if (!value) return null;
  try {
    const { state, nonce, verifier, to } = JSON.parse(Buffer.from(value, 'base64url').toString()) as Partial<Pending>;
    return state && nonce && verifier ? { state, nonce, verifier, to: toPage(to ?? null) } : null;
  } catch {
    return null;
  }
}

/** A page of this server; anything that could lead elsewhere is the first page. */
const toPage = (to: string | null): string => (to !== null && /^\/[\w-][\w/-]{0,200}$/.test(to) ? to : '/');
