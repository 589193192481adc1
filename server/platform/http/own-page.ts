/**
 * The defence against forged requests (CSRF): a request with a cookie must show the synchroniser token of its web session,
 * and must not come from a page of another origin. A request with a key needs neither: no browser sends a key by itself.
 */
import type { Request } from 'express';
import { Fault } from '../faults.ts';
import { hashOf, isSecret } from '../secret.ts';
import { operationAt } from './operation-at.ts';
import { knownPrincipalOf } from './security.ts';
import type { Step } from './steps.ts';

/** They change nothing (RFC 9110, section 9.2.1). */
const SAFE = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Throws `csrf-refused`. `allowed` are further host names of this server, as a browser sees them. */
export const requireOwnPage =
  (allowed: readonly string[]): Step =>
  (request) => {
    if (SAFE.includes(request.method)) return;
    const signsIn = operationAt(request.method, request.originalUrl) === 'signIn';
    const web = knownPrincipalOf(request)?.web;
    if (!web && !signsIn) return;
    if (!isOwnPage(request, allowed)) throw new Fault('csrf-refused', FOREIGN);
    const token = request.get('X-CSRF-Token') ?? '';
    if (web && !isSecret(token, hashOf(web.csrfToken))) throw new Fault('csrf-refused', UNSIGNED);
  };

/**
 * What the browser says of the sender (Fetch Metadata) decides. It says nothing to plain HTTP beyond this machine, and old
 * ones never do: then the Origin must be this host. Neither is sent by what is no browser.
 */
function isOwnPage(request: Request, allowed: readonly string[]): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('Origin');
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host, hostname } = new URL(origin);
  return host === request.host || allowed.includes(hostname);
}

const FOREIGN = 'The request comes from a page of another site. Only pages of this server may use its cookie.';
const UNSIGNED =
  'A request with a cookie needs the header X-CSRF-Token with the csrfToken that signIn and whoAmI tell.';
