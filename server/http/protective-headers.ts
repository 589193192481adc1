/** What a browser may do with an answer. Each policy (CSP 3) allows what its pages need and nothing else. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { knownPrincipalOf } from './security.ts';

const self = ["'self'"];
const none = ["'none'"];
const closed = { 'default-src': none, 'base-uri': none, 'form-action': none, 'frame-ancestors': none };

const policy = (directives: Record<string, string[]>): RequestHandler =>
  helmet({ contentSecurityPolicy: { useDefaults: false, directives }, xFrameOptions: { action: 'deny' } });

/** An answer for programs is no page at all. */
const forData = policy(closed);

/** The dashboard, its service worker and the pages of the problems: everything from here, nothing inline. */
const forPages = policy({
  ...closed,
  'script-src': self,
  'style-src': self,
  'img-src': [...self, 'data:'],
  'font-src': self,
  'connect-src': self,
  'manifest-src': self,
  'worker-src': self,
});

/** The API reference writes styles into its page. */
const forReference = policy({
  ...closed,
  'script-src': self,
  'style-src': [...self, "'unsafe-inline'"],
  'img-src': [...self, 'data:'],
  'font-src': [...self, 'data:'],
  'connect-src': self,
});

const DATA = /^\/(v1|mcp|metrics|healthz|readyz|openapi\.json)(\/|$)/i;
const REFERENCE = /^\/docs\/?$/i;

export const protect: RequestHandler = (request, response, next) => {
  // No browser sees an answer within the process.
  if (knownPrincipalOf(request)) return next();
  const { path } = request;
  const chosen = REFERENCE.test(path) ? forReference : DATA.test(path) ? forData : forPages;
  chosen(request, response, next);
};
