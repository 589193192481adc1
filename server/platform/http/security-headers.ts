/** Security headers. Each Content Security Policy (CSP 3) allows only what its pages need. */
import helmet from 'helmet';
import { principalOrUndefined } from './authentication.ts';
import type { SyncMiddleware } from './compose-middleware.ts';

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

/** The dashboard, its service worker and the problem pages: same-origin resources only, nothing inline. */
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

/** swagger-ui uses inline styles. */
const referenceHeaders = buildHeaders({
  ...denyAll,
  'script-src': self,
  'style-src': [...self, "'unsafe-inline'"],
  'img-src': [...self, 'data:'],
  'font-src': [...self, 'data:'],
  'connect-src': self,
});

const DATA_PATHS = /^\/(v1|mcp|metrics|healthz|readyz|openapi\.json)(\/|$)/i;
const REFERENCE_PATH = /^\/docs\/?$/i;

/** Sets the headers by path. Requests within this process get none: no browser sees their response. */
export const setSecurityHeaders: SyncMiddleware = (request, response) => {
  // Only requests within this process have a principal before authentication.
  if (principalOrUndefined(request)) return;
  const { path } = request;
  const headers = DATA_PATHS.test(path) ? dataHeaders : REFERENCE_PATH.test(path) ? referenceHeaders : pageHeaders;
  for (const [name, value] of headers) response.setHeader(name, value);
};
