/** The cookie's form (RFC 6265bis). Over https it has the prefix that no other host or path can set; HTTP allows none. */
import { parseCookie, stringifySetCookie } from 'cookie';

/** What the contract calls it. */
export const COOKIE = '__Host-fleetbeat';
const nameOf = (https: boolean): string => (https ? COOKIE : 'fleetbeat');

/** The token in a request's Cookie header; null when there is none. */
export const tokenOf = (header: string | undefined, https: boolean): string | null =>
  (header !== undefined && parseCookie(header)[nameOf(https)]) || null;

/** The Set-Cookie header that gives a browser its token, for so many seconds. */
export const given = (token: string, seconds: number, https: boolean): string => cookie(token, seconds, https);

/** The Set-Cookie header that takes it away. */
export const taken = (https: boolean): string => cookie('', 0, https);

const cookie = (value: string, maxAge: number, https: boolean): string =>
  stringifySetCookie({
    name: nameOf(https),
    value,
    maxAge,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: https,
  });
