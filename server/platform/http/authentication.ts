/** Authentication by key or cookie, and authorization by role. Identity comes from the credential alone. */
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler } from 'express';
import { Fault } from '../faults.ts';
import type { Principal } from '../principal.ts';
import { hadSlowBody } from './body.ts';
import { parseSessionCookie } from './cookie.ts';
import type { SyncMiddleware } from './express-overhead.ts';
import { findOperation } from './find-operation.ts';

/** Resolves credentials to principals. */
export interface RequestAuthenticator {
  /** The principal of a cached key, or null. Synchronous, so that a cached key costs no event-loop tick. */
  authenticateCached(key: string, connection: object): Principal | null;
  /** The principal of a key, or null. Throws `too-many-requests` once the address has sent too many invalid keys. */
  authenticate(key: string, address: string | undefined): Promise<Principal | null>;
  /** The same for a session cookie's token. */
  authenticateCookie(token: string, address: string | undefined): Promise<Principal | null>;
}

/** Tokens that a person gave a client by OAuth are for /mcp, and what they do comes from there within this process. */
const isForOtherAudience = (principal: Principal | null): boolean => principal?.connectionId !== undefined;

const OTHER_AUDIENCE = 'This is a token for /mcp. Elsewhere it is not accepted.';

const principals = new WeakMap<IncomingMessage, Principal>();
/** How long the credential lookup of a request took. */
const lookupDurationsMs = new WeakMap<IncomingMessage, number>();

/**
 * Sets the principal of a request that this process creates itself, for a caller that it has already authenticated.
 * Nothing in a request from the network can set it.
 */
export const setInternalPrincipal = (request: IncomingMessage, principal: Principal): void =>
  void principals.set(request, principal);

/** Attaches the principal to the request. Without a valid key or cookie the request continues unauthenticated. */
export const authenticate =
  (authenticator: RequestAuthenticator): RequestHandler =>
  (request, _response, next) => {
    if (principals.has(request)) return next();
    const { authorization } = request.headers;
    const key = parseBearerToken(authorization);
    // The fast path: a cached key needs no asynchronous lookup.
    const cached = key && authenticator.authenticateCached(key, request.socket);
    if (isForOtherAudience(cached || null)) throw new Fault('unauthenticated', OTHER_AUDIENCE);
    if (cached) principals.set(request, cached);
    // An explicit header wins: a browser attaches the cookie to every request by itself.
    const token = authorization === undefined ? getSessionToken(request) : null;
    if (cached || !(key || token)) return next();
    return attachPrincipal(
      request,
      key ? authenticator.authenticate(key, request.ip) : authenticator.authenticateCookie(token ?? '', request.ip),
      next,
    );
  };

/**
 * Authenticates again a caller whose body arrived slowly: bodies may take a minute, and a key that is revoked meanwhile must
 * not take effect. Mount it after body parsing.
 */
export const reauthenticateSlowBodies = (authenticator: RequestAuthenticator): RequestHandler => {
  const authenticateAgain = authenticate(authenticator);
  return (request, response, next) => {
    if (!hadSlowBody(request) || !principals.delete(request)) return next();
    return authenticateAgain(request, response, (error?: unknown) => {
      if (error) return next(error);
      requireCaller(request, response);
      next();
    });
  };
};

async function attachPrincipal(
  request: Request,
  pendingPrincipal: Promise<Principal | null>,
  next: NextFunction,
): Promise<void> {
  const startedAt = performance.now();
  const principal = await pendingPrincipal;
  lookupDurationsMs.set(request, performance.now() - startedAt);
  if (isForOtherAudience(principal)) throw new Fault('unauthenticated', OTHER_AUDIENCE);
  // Stored per request object, so that no request can get another's principal.
  if (principal) principals.set(request, principal);
  // The client disconnected during the lookup, and its body will never arrive. A request that was read whole is destroyed too.
  if (!request.destroyed || request.complete) next();
}

/** The operations that set a cookie for whoever has no credential yet. */
const SIGN_IN_OPERATIONS: ReadonlySet<string | undefined> = new Set(['signIn', 'redeemInvitation']);

/** Whether the request signs in, which a page of another site must not make a browser do. */
export const isSignIn = (request: Request): boolean => SIGN_IN_OPERATIONS.has(findOperation(request)?.operationId);

/** The token of the request's session cookie, or null. Always null for sign-in, where an old cookie must not count. */
export const getSessionToken = (request: Request): string | null =>
  isSignIn(request) ? null : parseSessionCookie(request.headers.cookie, request.secure);

/** The authenticated caller. Throws if there is none: operations with security are never reached without one. */
export function requirePrincipal(request: Request): Principal {
  const principal = principals.get(request);
  if (!principal) throw new Error('No principal: the operation has no security requirement');
  return principal;
}

/** The authenticated caller, or undefined without a valid credential. */
export const principalOrUndefined = (request: Request): Principal | undefined => principals.get(request);

/** Milliseconds that the request has waited for its credential lookup; 0 if the key was cached. */
export const getLookupMs = (request: Request): number => lookupDurationsMs.get(request) ?? 0;

/**
 * The principal with the address of the request, for the audit. Requests within this process have none: there it is the
 * one that `setInternalPrincipal` was given. Read when it is asked for: a heartbeat writes no audit.
 */
export const addAddress = (principal: Principal, request: Request): Principal => ({
  ...principal,
  get address() {
    return request.ip ?? principal.address;
  },
});

/** The bearer token of an Authorization header (RFC 6750), or null when it has none. */
export const parseBearerToken = (header: string | undefined): string | null =>
  /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;

/**
 * False without a principal (401); throws 403 for a role that may not call the operation. Only the roles in an operation's
 * security requirement may call it, so an operation that lists none is closed to everyone.
 */
function authorize(request: Request, roles: readonly string[]): boolean {
  const principal = principals.get(request);
  if (!principal) return false;
  if (roles.includes(principal.role)) return true;
  throw Object.assign(new Error(`This operation needs a key of the role ${formatList(roles)}.`), { status: 403 });
}

/**
 * Rejects callers without permission before any of the body is read. The router runs no other operation than the one that
 * was authorized here.
 */
export const requireCaller: SyncMiddleware = (request) => {
  const operation = findOperation(request);
  if (!operation?.roles || authorize(request, operation.roles)) return;
  throw Object.assign(new Error('Authentication is required'), { status: 401 });
};

const formatList = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'nobody') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
