/** The settings, from the environment. Each has a default; each is checked at start. */
import { isIP } from 'node:net';
import ms, { type StringValue } from 'ms';
import { parseDatabaseHosts } from './platform/database/database-hosts.ts';
import { LOG_LEVELS, type LogLevel } from './platform/log.ts';
import { parseKey } from './platform/secret.ts';
import type { Settings } from './platform/settings.ts';

export interface Config extends Settings {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  /** Empty when none is given. */
  readonly adminKey: string;
  readonly allowedHosts: readonly string[];
  /** Origins of web pages that may call from a browser; none by default. */
  readonly corsOrigins: readonly string[];
  /** The proxies that may tell a caller's address: how many hops, or their addresses. */
  readonly trustProxy: false | number | readonly string[];
  readonly rateLimits: boolean;
  /** Keys that are refused, per minute and address. */
  readonly refusedKeysPerMinute: number;
  /** Where replicas share their rate limits; empty when each counts for itself. */
  readonly redisUrl: string;
  readonly logLevel: LogLevel;
  /** Also check every answer against the contract: outside production. */
  readonly validateResponses: boolean;
}

/** A setting that cannot be used, and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `ConfigError` that names every setting that is wrong. */
export function readConfig(environment: Environment): Config {
  const errors: string[] = [];
  function read<T>(name: keyof typeof DEFAULTS, parse: (text: string) => T | null, expected: string): T {
    const text = environment[name]?.trim() || DEFAULTS[name];
    const value = parse(text);
    if (value === null) errors.push(`${name} must be ${expected}${isSecretSetting(name) ? '' : `; it is '${text}'`}`);
    return value as T;
  }
  const config: Config = {
    port: read('PORT', parsePort, 'a port from 0 to 65535'),
    host: read('HOST', parseHost, 'an address or a host name to listen on, for example 127.0.0.1'),
    databaseUrl: read(
      'DATABASE_URL',
      parseDatabaseUrl,
      'sqlite:<file> or mysql://user:password@host:port/database, where host:port may be several, each once, with commas between them',
    ),
    adminKey: read(
      'FLEETBEAT_ADMIN_KEY',
      parseAdminKey,
      'fb_<keyId>_<secret> with a secret of 16 to 128 letters, digits, - or _',
    ),
    allowedHosts: read('FLEETBEAT_ALLOWED_HOSTS', parseList, 'host names, with commas between them'),
    corsOrigins: read(
      'FLEETBEAT_CORS_ORIGINS',
      parseOrigins,
      'origins such as https://fleet.example, with commas between them',
    ),
    trustProxy: read(
      'FLEETBEAT_TRUST_PROXY',
      parseTrustProxy,
      'off, a number of hops, or addresses with commas between them',
    ),
    rateLimits: read('FLEETBEAT_RATE_LIMITS', parseOnOff, 'on or off'),
    refusedKeysPerMinute: read(
      'FLEETBEAT_REFUSED_KEYS_PER_MINUTE',
      parsePositiveInteger,
      'a whole number from 1 to 999999',
    ),
    redisUrl: read('REDIS_URL', parseRedisUrl, 'redis://user:password@host:port or rediss://…'),
    staleAfterMs: read('FLEETBEAT_STALE_AFTER', parseDuration, 'a duration such as 15m, 90s or 1h'),
    stuckAfterMs: read('FLEETBEAT_STUCK_AFTER', parseDuration, 'a duration such as 30m, 90s or 1h'),
    archiveSilentAfterMs: read('FLEETBEAT_ARCHIVE_SILENT_AFTER', parseDuration, 'a duration such as 60m or 2h'),
    archiveCompleteAfterMs: read('FLEETBEAT_ARCHIVE_COMPLETE_AFTER', parseDuration, 'a duration such as 24h or 7d'),
    sweepEveryMs: read('FLEETBEAT_SWEEP_EVERY', parseDuration, 'a duration such as 1m or 10s'),
    retentionEveryMs: read('FLEETBEAT_RETENTION_EVERY', parseDuration, 'a duration such as 1h or 10m'),
    auditRetentionMs: read('FLEETBEAT_KEEP_AUDIT', parseDuration, 'a duration such as 90d'),
    eventRetentionMs: read('FLEETBEAT_KEEP_EVENTS', parseDuration, 'a duration such as 7d'),
    webSessionIdleMs: read('FLEETBEAT_WEB_SESSION_IDLE', parseDuration, 'a duration such as 7d or 12h'),
    webSessionMaxMs: read('FLEETBEAT_WEB_SESSION_MAX', parseDuration, 'a duration such as 30d or 24h'),
    webhooksEveryMs: read('FLEETBEAT_WEBHOOKS_EVERY', parseDuration, 'a duration such as 1s'),
    allowPrivateWebhooks: read('FLEETBEAT_WEBHOOK_ALLOW_PRIVATE', parseBoolean, 'true or false'),
    deliveryRetentionMs: read('FLEETBEAT_KEEP_DELIVERIES', parseDuration, 'a duration such as 30d'),
    logLevel: read('FLEETBEAT_LOG_LEVEL', parseLogLevel, `one of ${LOG_LEVELS.join(', ')}`),
    validateResponses: ['test', 'development'].includes(environment['NODE_ENV'] ?? ''),
  };
  if (errors.length > 0) throw new ConfigError(errors.join('\n'));
  return config;
}

/** The README lists the same; a test compares the two. */
export const DEFAULTS = {
  PORT: '8787',
  HOST: '127.0.0.1',
  DATABASE_URL: 'sqlite:./data/fleetbeat.db',
  FLEETBEAT_ADMIN_KEY: '',
  FLEETBEAT_ALLOWED_HOSTS: '',
  FLEETBEAT_CORS_ORIGINS: '',
  FLEETBEAT_TRUST_PROXY: 'off',
  FLEETBEAT_RATE_LIMITS: 'on',
  FLEETBEAT_REFUSED_KEYS_PER_MINUTE: '20',
  REDIS_URL: '',
  FLEETBEAT_STALE_AFTER: '15m',
  FLEETBEAT_STUCK_AFTER: '30m',
  FLEETBEAT_ARCHIVE_SILENT_AFTER: '60m',
  FLEETBEAT_ARCHIVE_COMPLETE_AFTER: '24h',
  FLEETBEAT_SWEEP_EVERY: '1m',
  FLEETBEAT_KEEP_AUDIT: '90d',
  FLEETBEAT_KEEP_EVENTS: '7d',
  FLEETBEAT_RETENTION_EVERY: '1h',
  FLEETBEAT_WEB_SESSION_IDLE: '7d',
  FLEETBEAT_WEB_SESSION_MAX: '30d',
  FLEETBEAT_WEBHOOKS_EVERY: '1s',
  FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'false',
  FLEETBEAT_KEEP_DELIVERIES: '30d',
  FLEETBEAT_LOG_LEVEL: 'info',
} as const;

const isSecretSetting = (name: keyof typeof DEFAULTS): boolean =>
  ['FLEETBEAT_ADMIN_KEY', 'DATABASE_URL', 'REDIS_URL'].includes(name);

const parsePort = (text: string): number | null =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;

const parseHost = (text: string): string | null => (isIP(text) || /^[A-Za-z0-9.-]+$/.test(text) ? text : null);

const parseList = (text: string): string[] => text.split(',').flatMap((word) => word.trim() || []);

/** Exactly as a browser sends them: scheme, host, and a port unless it is the usual one. */
function parseOrigins(text: string): string[] | null {
  const given = parseList(text);
  const isOrigin = (each: string) => /^https?:/.test(each) && URL.canParse(each) && new URL(each).origin === each;
  return given.every(isOrigin) ? given : null;
}

const parseOnOff = (text: string): boolean | null => (text === 'on' ? true : text === 'off' ? false : null);

const parseBoolean = (text: string): boolean | null => (text === 'true' ? true : text === 'false' ? false : null);

const parsePositiveInteger = (text: string): number | null => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : null);

const parseRedisUrl = (text: string): string | null =>
  text === '' || (/^rediss?:\/\//.test(text) && URL.canParse(text)) ? text : null;

/** Never "every proxy": then whoever calls could choose the address that is counted. */
function parseTrustProxy(text: string): false | number | string[] | null {
  if (text === 'off') return false;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  const given = parseList(text);
  return given.length > 0 && given.every(isNetwork) ? given : null;
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

const parseAdminKey = (text: string): string | null => (text === '' || parseKey(text) ? text : null);

const parseLogLevel = (text: string): LogLevel | null => LOG_LEVELS.find((level) => level === text) ?? null;

/** A duration with its unit, as `ms` reads it, of at least one millisecond. */
function parseDuration(text: string): number | null {
  if (!/^\d+(\.\d+)? ?[a-z]+$/i.test(text)) return null;
  const value = ms(text as StringValue);
  return Number.isFinite(value) && value >= 1 ? value : null;
}

function parseDatabaseUrl(text: string): string | null {
  // With two slashes the first word would be a host; the path starts right behind the colon.
  if (text.startsWith('sqlite:')) return /^sqlite:(?!\/\/[^/]).+$/.test(text) ? text : null;
  return parseDatabaseHosts(text) && text;
}
