/** The cookie's form (RFC 6265bis). Over https it has the prefix that no other host or path can set; HTTP allows none. */
import { parseCookie, stringifySetCookie } from 'cookie';

/** What the contract calls it. */
export const COOKIE_NAME = '__Host-fleetbeat';
const getCookieName = (https: boolean): string => (https ? COOKIE_NAME : 'fleetbeat');

/** The token in a request's Cookie header; null when there is none. */
export const parseSessionCookie = (header: string | undefined, https: boolean): string | null =>
  (header !== undefined && parseCookie(header)[getCookieName(https)]) || null;

/** The Set-Cookie header that gives a browser its token, for so many seconds. */
export const createSessionCookie = (token: string, seconds: number, https: boolean): string =>
  serializeCookie(token, seconds, https);

/** The Set-Cookie header that takes it away. */
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
