/**
 * What protects the people who use Fleetbeat in a browser: security headers (each Content Security Policy, CSP 3, allows only
 * what its pages need), and CSRF protection. A request authenticated by cookie must have the synchronizer token of its web
 * session, and must not come from a page of another origin. A request with a key needs neither, because browsers never attach
 * a key by themselves.
 */
import type { Request, Response } from 'express';
import helmet from 'helmet';
import { Fault } from '../faults.ts';
import { hashSecret, verifySecret } from '../secret.ts';
import { isSignIn, principalOrUndefined } from './authentication.ts';
import type { SyncMiddleware } from './express-overhead.ts';

const self = ["'self'"];
const none = ["'none'"];
const denyAll = { 'default-src': none, 'base-uri': none, 'form-action': none, 'frame-ancestors': none };

type Headers = readonly (readonly [name: string, value: string])[];

/** Runs helmet once and captures its headers: they are the same for every response. */
function buildHeaders(directives: Record<string, string[]>): Headers {
  const headers = new Map<string, string>();
  const response = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: () => undefined,
  };
  const setHeaders = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    xFrameOptions: { action: 'deny' },
  });
  setHeaders({} as never, response as never, (error?: unknown) => {
    if (error) throw error;
  });
  return [...headers];
}

/** API responses are not pages, so everything is denied. */
const dataHeaders = buildHeaders(denyAll);

/** The dashboard, its service worker and the pages that the server renders: same-origin resources only, nothing inline. */
const pageHeaders = buildHeaders({
  ...denyAll,
  'script-src': self,
  'style-src': self,
  'img-src': [...self, 'data:'],
  'font-src': self,
  'connect-src': self,
  'manifest-src': self,
  'worker-src': self,
});

const DATA_PATHS = /^\/(v1|mcp|metrics|healthz|readyz|openapi\.json)(\/|$)/i;

/** Sets the headers by path. Requests within this process get none: no browser sees their response. */
export const setSecurityHeaders: SyncMiddleware = (request, response) => {
  // Only requests within this process have a principal before authentication.
  if (principalOrUndefined(request)) return;
  const { path } = request;
  const headers = DATA_PATHS.test(path) ? dataHeaders : pageHeaders;
  for (const [name, value] of headers) response.setHeader(name, value);
};

/** Lets the response load what a page needs, whatever its path. */
export function setPageHeaders(response: Response): void {
  for (const [name, value] of pageHeaders) response.setHeader(name, value);
}

/** Safe methods by RFC 9110, section 9.2.1: they change nothing. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Throws `csrf-refused`. `allowedHosts` are further host names of this server, as a browser sees them. */
export const verifyCsrf =
  (allowedHosts: readonly string[]): SyncMiddleware =>
  (request) => {
    if (SAFE_METHODS.includes(request.method)) return;
    const web = principalOrUndefined(request)?.web;
    if (!web && !isSignIn(request)) return;
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
