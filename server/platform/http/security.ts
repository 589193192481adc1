/** Key or cookie → Principal, and whether the role may call the operation. Identity comes from the credential alone. */
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler } from 'express';
import type { Principal } from '../context.ts';
import { tokenOf } from './cookie.ts';
import { operationAt } from './operation-at.ts';

/** Whose credential a request carries. */
export interface RequestAuthenticator {
  /** The holder of a key that is cached, or null. Waits for nothing. */
  knownHolderOf(key: string, connection: object): Principal | null;
  /** The holder of a key, or null. Throws `too-many-requests` for an address that has sent too many refused keys. */
  holderOf(key: string, address: string | undefined): Promise<Principal | null>;
  /** The same for the token of a cookie. */
  holderOfCookie(token: string, address: string | undefined): Promise<Principal | null>;
}

const principals = new WeakMap<IncomingMessage, Principal>();

/**
 * Says who sends a request of this process's own: its sender came through the door once already. Whoever sends from the
 * network has no part in it.
 */
export const introduce = (request: IncomingMessage, sender: Principal): void => void principals.set(request, sender);

/** Finds out who sent the request. Without a valid key or cookie it goes on, as nobody's. */
export const identify =
  (door: RequestAuthenticator): RequestHandler =>
  (request, _response, next) => {
    if (principals.has(request)) return next();
    const { authorization } = request.headers;
    const key = bearerOf(authorization);
    // A key that is known needs nobody to wait for.
    const known = key && door.knownHolderOf(key, request.socket);
    if (known) principals.set(request, known);
    // A header was written on purpose; a cookie comes along by itself.
    const token = authorization === undefined ? cookieOf(request) : null;
    if (known || !(key || token)) return next();
    return lookUp(request, key ? door.holderOf(key, request.ip) : door.holderOfCookie(token ?? '', request.ip), next);
  };

async function lookUp(request: Request, holder: Promise<Principal | null>, next: NextFunction): Promise<void> {
  const principal = await holder;
  // Kept by the request itself, so that no two requests can be confused.
  if (principal) principals.set(request, principal);
  next();
}

/** The token of the request's cookie. Whoever signs in comes as nobody, whatever an old cookie says. */
export const cookieOf = (request: Request): string | null =>
  operationAt(request.method, request.originalUrl) === 'signIn'
    ? null
    : tokenOf(request.headers.cookie, request.secure);

/** Who sent the request. Operations that need a key are not reached without one. */
export function principalOf(request: Request): Principal {
  const principal = principals.get(request);
  if (!principal) throw new Error('An operation without security asked who calls');
  return principal;
}

/** The same, or undefined where no valid key was sent. */
export const knownPrincipalOf = (request: Request): Principal | undefined => principals.get(request);

/** The key of an Authorization header (RFC 6750), or null when it holds none. */
export const bearerOf = (header: string | undefined): string | null =>
  /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;

/**
 * The validator's security handler: false is 401. An operation is open to the roles that stand in its security
 * requirement and to no other, so one that names none is closed to all.
 */
export function mayCall(request: Request, roles: readonly string[]): boolean {
  const principal = principals.get(request);
  if (!principal) return false;
  if (roles.includes(principal.role)) return true;
  throw Object.assign(new Error(`This operation needs a key of the role ${list(roles)}.`), { status: 403 });
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'nobody') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
