/** What a browser may do with an answer. Each policy (CSP 3) allows what its pages need and nothing else. */
import helmet from 'helmet';
import { principalOrUndefined } from './authentication.ts';
import type { SyncMiddleware } from './compose-middleware.ts';

const self = ["'self'"];
const none = ["'none'"];
const denyAll = { 'default-src': none, 'base-uri': none, 'form-action': none, 'frame-ancestors': none };

type Headers = readonly (readonly [name: string, value: string])[];

/** What helmet would set on every answer: it is the same each time, so it is asked once. */
function buildHeaders(directives: Record<string, string[]>): Headers {
  const headers = new Map<string, string>();
  const answer = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: () => undefined,
  };
  const set = helmet({ contentSecurityPolicy: { useDefaults: false, directives }, xFrameOptions: { action: 'deny' } });
  set({} as never, answer as never, (error?: unknown) => {
    if (error) throw error;
  });
  return [...headers];
}

/** An answer for programs is no page at all. */
const forData = buildHeaders(denyAll);

/** The dashboard, its service worker and the pages of the problems: everything from here, nothing inline. */
const forPages = buildHeaders({
  ...denyAll,
  'script-src': self,
  'style-src': self,
  'img-src': [...self, 'data:'],
  'font-src': self,
  'connect-src': self,
  'manifest-src': self,
  'worker-src': self,
});

/** The API reference writes styles into its page. */
const forReference = buildHeaders({
  ...denyAll,
  'script-src': self,
  'style-src': [...self, "'unsafe-inline'"],
  'img-src': [...self, 'data:'],
  'font-src': [...self, 'data:'],
  'connect-src': self,
});

const DATA = /^\/(v1|mcp|metrics|healthz|readyz|openapi\.json)(\/|$)/i;
const REFERENCE = /^\/docs\/?$/i;

export const setSecurityHeaders: SyncMiddleware = (request, response) => {
  // Who asks is known so early only within the process, and no browser sees that answer.
  if (principalOrUndefined(request)) return;
  const { path } = request;
  const chosen = DATA.test(path) ? forData : REFERENCE.test(path) ? forReference : forPages;
  for (const [name, value] of chosen) response.setHeader(name, value);
};
