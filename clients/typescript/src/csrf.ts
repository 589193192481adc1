import type { Middleware } from 'openapi-fetch';
import type { FleetbeatOptions } from './options.js';

/**
 * Sends the csrfToken with each request of a signed-in page; the browser sends the cookie itself. The token is read for
 * each request, because signing in again changes it.
 */
export const withCsrfToken = (csrfToken: FleetbeatOptions['csrfToken']): Middleware => ({
  onRequest({ request }) {
    const token = typeof csrfToken === 'function' ? csrfToken() : csrfToken;
    if (token) request.headers.set('X-CSRF-Token', token);
  },
});
