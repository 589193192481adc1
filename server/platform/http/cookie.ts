/**
 * The session cookie (RFC 6265bis). Over HTTPS its name has the prefix `__Host-`, which browsers refuse from any other host
 * or path; over HTTP browsers refuse the prefix.
 */
import { parseCookie, stringifySetCookie } from 'cookie';

/** The name in the contract. */
export const COOKIE_NAME = '__Host-fleetbeat';
const getCookieName = (https: boolean): string => (https ? COOKIE_NAME : 'fleetbeat');

/** The session token in a Cookie header; null when there is none. */
export const parseSessionCookie = (header: string | undefined, https: boolean): string | null =>
  (header !== undefined && parseCookie(header)[getCookieName(https)]) || null;

/** The Set-Cookie header that stores the session token. */
export const createSessionCookie = (token: string, maxAgeSeconds: number, https: boolean): string =>
  serializeCookie(token, maxAgeSeconds, https);

/** The Set-Cookie header that deletes the session cookie. */
export const clearSessionCookie = (https: boolean): string => serializeCookie('', 0, https);

const serializeCookie = (value: string, maxAge: number, https: boolean): string =>
  stringifySetCookie({
    name: getCookieName(https),
    value,
    maxAge,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: https,
  });
