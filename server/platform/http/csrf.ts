/**
 * CSRF protection. A request authenticated by cookie must have the synchronizer token of its web session, and must not come
 * from a page of another origin. A request with a key needs neither, because browsers never attach a key by themselves.
 */
import type { Request } from 'express';
import { Fault } from '../faults.ts';
import { hashSecret, verifySecret } from '../secret.ts';
import { principalOrUndefined } from './authentication.ts';
import type { SyncMiddleware } from './compose-middleware.ts';
import { findOperation } from './find-operation.ts';

/** Safe methods by RFC 9110, section 9.2.1: they change nothing. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Throws `csrf-refused`. `allowedHosts` are further host names of this server, as a browser sees them. */
export const verifyCsrf =
  (allowedHosts: readonly string[]): SyncMiddleware =>
  (request) => {
    if (SAFE_METHODS.includes(request.method)) return;
    const isSignIn = findOperation(request)?.operationId === 'signIn';
    const web = principalOrUndefined(request)?.web;
    if (!web && !isSignIn) return;
    if (!isSameOrigin(request, allowedHosts)) throw new Fault('csrf-refused', CROSS_ORIGIN_DETAIL);
    const token = request.get('X-CSRF-Token') ?? '';
    if (web && !verifySecret(token, hashSecret(web.csrfToken))) throw new Fault('csrf-refused', INVALID_TOKEN_DETAIL);
  };

/**
 * Decides by the header Sec-Fetch-Site (Fetch Metadata). Browsers omit it over plain HTTP except to localhost, and old ones
 * always do: then the Origin must be this host. Clients that are not browsers send neither, and pass.
 */
function isSameOrigin(request: Request, allowedHosts: readonly string[]): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('Origin');
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host, hostname } = new URL(origin);
  return host === request.host || allowedHosts.includes(hostname);
}

const CROSS_ORIGIN_DETAIL =
  'The request comes from a page of another site. Only pages of this server may use its cookie.';
const INVALID_TOKEN_DETAIL =
  'A request with a cookie needs the header X-CSRF-Token with the csrfToken that signIn and whoAmI tell.';
