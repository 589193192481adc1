/**
 * The defence against forged requests (CSRF): a request with a cookie must show the synchroniser token of its web session,
 * and must not come from a page of another origin. A request with a key needs neither: no browser sends a key by itself.
 */
import type { Request } from 'express';
import { Fault } from '../faults.ts';
import { hashSecret, verifySecret } from '../secret.ts';
import { principalOrUndefined } from './authentication.ts';
import type { SyncMiddleware } from './compose-middleware.ts';
import { findOperation } from './find-operation.ts';

/** They change nothing (RFC 9110, section 9.2.1). */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Throws `csrf-refused`. `allowed` are further host names of this server, as a browser sees them. */
export const verifyCsrf =
  (allowed: readonly string[]): SyncMiddleware =>
  (request) => {
    if (SAFE_METHODS.includes(request.method)) return;
    const signsIn = findOperation(request)?.operationId === 'signIn';
    const web = principalOrUndefined(request)?.web;
    if (!web && !signsIn) return;
    if (!isSameOrigin(request, allowed)) throw new Fault('csrf-refused', CROSS_ORIGIN_DETAIL);
    const token = request.get('X-CSRF-Token') ?? '';
    if (web && !verifySecret(token, hashSecret(web.csrfToken))) throw new Fault('csrf-refused', INVALID_TOKEN_DETAIL);
  };

/**
 * What the browser says of the sender (Fetch Metadata) decides. It says nothing to plain HTTP beyond this machine, and old
 * ones never do: then the Origin must be this host. Neither is sent by what is no browser.
 */
function isSameOrigin(request: Request, allowed: readonly string[]): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('Origin');
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host, hostname } = new URL(origin);
  return host === request.host || allowed.includes(hostname);
}

const CROSS_ORIGIN_DETAIL =
  'The request comes from a page of another site. Only pages of this server may use its cookie.';
const INVALID_TOKEN_DETAIL =
  'A request with a cookie needs the header X-CSRF-Token with the csrfToken that signIn and whoAmI tell.';
