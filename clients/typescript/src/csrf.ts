import type { Middleware } from 'openapi-fetch';
import type { FleetbeatOptions } from './client.js';

/**
 * Sends the csrfToken with each request of a page that has signed in; the browser sends the cookie by itself. The token is
 * asked for each time, because signing in again changes it.
 */
export const withCsrfToken = (csrfToken: FleetbeatOptions['csrfToken']): Middleware => ({
  onRequest({ request }) {
    const token = typeof csrfToken === 'function' ? csrfToken() : csrfToken;
    if (token) request.headers.set('X-CSRF-Token', token);
  },
});
