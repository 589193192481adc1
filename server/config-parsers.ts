/** Parsers of settings: text → value, or null when the text is not valid. Pure. */
import { isIP } from 'node:net';
import ms, { type StringValue } from 'ms';
import { parseDatabaseHosts } from './platform/database/database-hosts.ts';
import { InvalidDatabaseParameters } from './platform/database/database-tls.ts';
import { LOG_LEVELS, type LogLevel } from './platform/log.ts';
import { isGuessable, parseKey } from './platform/secret.ts';

/** Thrown by a parser in place of null when the general explanation would not help. Its message follows the name. */
export class InvalidSetting extends Error {}

export const parsePort = (text: string): number | null =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;

export function parsePorts(text: string): number[] | null {
  const ports = parseList(text).map((each) => parsePort(each) || null);
  return ports.every((port) => port !== null) ? ports : null;
}

export const parseHost = (text: string): string | null => (isIP(text) || /^[A-Za-z0-9.-]+$/.test(text) ? text : null);

export const parseList = (text: string): string[] => text.split(',').flatMap((word) => word.trim() || []);

/** Empty, or an origin: tokens and cookies travel by HTTPS, or not beyond this machine. */
export function parsePublicUrl(text: string): string | null {
  if (text === '') return text;
  if (!URL.canParse(text)) return null;
  const { origin, protocol, hostname, href } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
  return isSafe && href === `${origin}/` ? origin : null;
}

/** Origins exactly as browsers send them: scheme, host, and the port unless it is the scheme's default. */
export function parseOrigins(text: string): string[] | null {
  const origins = parseList(text);
  const isOrigin = (each: string) => /^https?:/.test(each) && URL.canParse(each) && new URL(each).origin === each;
  return origins.every(isOrigin) ? origins : null;
}

export const parseOnOff = (text: string): boolean | null => (text === 'on' ? true : text === 'off' ? false : null);

export const parseBoolean = (text: string): boolean | null =>
  text === 'true' ? true : text === 'false' ? false : null;

export const parsePositiveInteger = (text: string): number | null =>
  /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;

export const parseRedisUrl = (text: string): string | null =>
  text === '' || (/^rediss?:\/\//.test(text) && URL.canParse(text)) ? text : null;

/** Never "every proxy": callers could then choose the address that is counted. */
export function parseTrustProxy(text: string): false | number | string[] | null {
  if (text === 'off') return false;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  const networks = parseList(text);
  return networks.length > 0 && networks.every(isNetwork) ? networks : null;
}

function isNetwork(text: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const maxBits = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) > 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= maxBits))
  );
}

/** Empty, or a key whose secret cannot be guessed: it is the operator's, and nothing else protects it. */
export function parseAdminKey(text: string): string | null {
  if (text === '') return text;
  const parts = parseKey(text);
  if (parts && isGuessable(parts.secret))
    throw new InvalidSetting(
      'has a secret that can be guessed; make a key with: echo "fb_admin_$(openssl rand -hex 32)"',
    );
  return parts && text;
}

export const parseLogLevel = (text: string): LogLevel | null => LOG_LEVELS.find((level) => level === text) ?? null;

/** Milliseconds, from a duration with its unit as `ms` reads it; at least one. */
export function parseDuration(text: string): number | null {
  if (!/^\d+(\.\d+)? ?[a-z]+$/i.test(text)) return null;
  const value = ms(text as StringValue);
  return Number.isFinite(value) && value >= 1 ? value : null;
}

export function parseDatabaseUrl(text: string): string | null {
  // After two slashes the first word would be a host; a path follows the colon directly.
  if (text.startsWith('sqlite:')) {
    if (text.includes('?')) throw new InvalidSetting(`has parameters after '?', and sqlite:<file> has none`);
    return /^sqlite:(?!\/\/[^/]).+$/.test(text) ? text : null;
  }
  try {
    return parseDatabaseHosts(text) && text;
  } catch (error) {
    throw error instanceof InvalidDatabaseParameters ? new InvalidSetting(error.message) : error;
  }
}
