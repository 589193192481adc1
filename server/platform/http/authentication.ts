/** Key or cookie → Principal, and whether the role may call the operation. Identity comes from the credential alone. */
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler } from 'express';
import type { Principal } from '../principal.ts';
import type { SyncMiddleware } from './compose-middleware.ts';
import { parseSessionCookie } from './cookie.ts';
import { findOperation } from './find-operation.ts';

/** Whose credential a request carries. */
export interface RequestAuthenticator {
  /** The holder of a key that is cached, or null. Waits for nothing. */
  authenticateCached(key: string, connection: object): Principal | null;
  /** The principal of a key, or null. Throws `too-many-requests` in place of null once the address has sent too many invalid ones. */
  authenticate(key: string, address: string | undefined): Promise<Principal | null>;
  /** The same for the token of a cookie. */
  authenticateCookie(token: string, address: string | undefined): Promise<Principal | null>;
}

const principals = new WeakMap<IncomingMessage, Principal>();
/** How long the look-up of a request's sender took. */
const lookUpTimes = new WeakMap<IncomingMessage, number>();

/**
 * Says who sends a request of this process's own: its sender came through the door once already. Whoever sends from the
 * network has no part in it.
 */
export const setInternalPrincipal = (request: IncomingMessage, sender: Principal): void =>
  void principals.set(request, sender);

/** Finds out who sent the request. Without a valid key or cookie it goes on, as nobody's. */
export const authenticate =
  (authenticator: RequestAuthenticator): RequestHandler =>
  (request, _response, next) => {
    if (principals.has(request)) return next();
    const { authorization } = request.headers;
    const key = parseBearerToken(authorization);
    // A key that is known needs nobody to wait for.
    const cached = key && authenticator.authenticateCached(key, request.socket);
    if (cached) principals.set(request, cached);
    // A header was written on purpose; a cookie comes along by itself.
    const token = authorization === undefined ? getSessionToken(request) : null;
    if (cached || !(key || token)) return next();
    return attachPrincipal(
      request,
      key ? authenticator.authenticate(key, request.ip) : authenticator.authenticateCookie(token ?? '', request.ip),
      next,
    );
  };

async function attachPrincipal(
  request: Request,
  pendingPrincipal: Promise<Principal | null>,
  next: NextFunction,
): Promise<void> {
  const startedAt = performance.now();
  const principal = await pendingPrincipal;
  lookUpTimes.set(request, performance.now() - startedAt);
  // Kept by the request itself, so that no two requests can be confused.
  if (principal) principals.set(request, principal);
  // Its sender gave up meanwhile, and took the body along.
  if (!request.destroyed) next();
}

/** The token of the request's cookie. Whoever signs in comes as nobody, whatever an old cookie says. */
export const getSessionToken = (request: Request): string | null =>
  findOperation(request)?.operationId === 'signIn' ? null : parseSessionCookie(request.headers.cookie, request.secure);

/** Who sent the request. Operations that need a key are not reached without one. */
export function requirePrincipal(request: Request): Principal {
  const principal = principals.get(request);
  if (!principal) throw new Error('An operation without security asked who calls');
  return principal;
}

/** The same, or undefined where no valid key was sent. */
export const principalOrUndefined = (request: Request): Principal | undefined => principals.get(request);

/** How long the request has waited for the look-up of its sender. */
export const getLookupMs = (request: Request): number => lookUpTimes.get(request) ?? 0;

/** The key of an Authorization header (RFC 6750), or null when it holds none. */
export const parseBearerToken = (header: string | undefined): string | null =>
  /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;

/**
 * False is 401. An operation is open to the roles that stand in its security requirement and to no other, so one that names
 * none is closed to all.
 */
function authorize(request: Request, roles: readonly string[]): boolean {
  const principal = principals.get(request);
  if (!principal) return false;
  if (roles.includes(principal.role)) return true;
  throw Object.assign(new Error(`This operation needs a key of the role ${formatList(roles)}.`), { status: 403 });
}

/** Refuses who may not call before anything of the body is read. The router runs no operation but the one asked about here. */
export const requireCaller: SyncMiddleware = (request) => {
  const operation = findOperation(request);
  if (!operation?.roles || authorize(request, operation.roles)) return;
  throw Object.assign(new Error('A key is needed'), { status: 401 });
};

const formatList = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'nobody') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
