/** The settings, from the environment. Each has a default; each is checked at start. */
import { isIP } from 'node:net';
import ms, { type StringValue } from 'ms';
import { hostsOf } from './platform/database/database-hosts.ts';
import { LOG_LEVELS, type LogLevel } from './platform/log.ts';
import { partsOf } from './platform/secret.ts';
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
  readonly checkAnswers: boolean;
}

/** A setting that cannot be used, and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `ConfigError` that names every setting that is wrong. */
export function readConfig(environment: Environment): Config {
  const wrong: string[] = [];
  function read<T>(name: keyof typeof DEFAULTS, parse: (text: string) => T | null, right: string): T {
    const text = environment[name]?.trim() || DEFAULTS[name];
    const value = parse(text);
    if (value === null) wrong.push(`${name} must be ${right}${isSecret(name) ? '' : `; it is '${text}'`}`);
    return value as T;
  }
  const config: Config = {
    port: read('PORT', port, 'a port from 0 to 65535'),
    host: read('HOST', host, 'an address or a host name to listen on, for example 127.0.0.1'),
    databaseUrl: read(
      'DATABASE_URL',
      databaseUrl,
      'sqlite:<file> or mysql://user:password@host:port/database, where host:port may be several, each once, with commas between them',
    ),
    adminKey: read(
      'FLEETBEAT_ADMIN_KEY',
      adminKey,
      'fb_<keyId>_<secret> with a secret of 16 to 128 letters, digits, - or _',
    ),
    allowedHosts: read('FLEETBEAT_ALLOWED_HOSTS', words, 'host names, with commas between them'),
    corsOrigins: read(
      'FLEETBEAT_CORS_ORIGINS',
      origins,
      'origins such as https://fleet.example, with commas between them',
    ),
    trustProxy: read('FLEETBEAT_TRUST_PROXY', proxies, 'off, a number of hops, or addresses with commas between them'),
    rateLimits: read('FLEETBEAT_RATE_LIMITS', onOrOff, 'on or off'),
    refusedKeysPerMinute: read('FLEETBEAT_REFUSED_KEYS_PER_MINUTE', atLeastOne, 'a whole number from 1 to 999999'),
    redisUrl: read('REDIS_URL', redisUrl, 'redis://user:password@host:port or rediss://…'),
    staleAfterMs: read('FLEETBEAT_STALE_AFTER', duration, 'a duration such as 15m, 90s or 1h'),
    stuckAfterMs: read('FLEETBEAT_STUCK_AFTER', duration, 'a duration such as 30m, 90s or 1h'),
    archiveSilentAfterMs: read('FLEETBEAT_ARCHIVE_SILENT_AFTER', duration, 'a duration such as 60m or 2h'),
    archiveCompleteAfterMs: read('FLEETBEAT_ARCHIVE_COMPLETE_AFTER', duration, 'a duration such as 24h or 7d'),
    sweepEveryMs: read('FLEETBEAT_SWEEP_EVERY', duration, 'a duration such as 1m or 10s'),
    retentionEveryMs: read('FLEETBEAT_RETENTION_EVERY', duration, 'a duration such as 1h or 10m'),
    keepAuditMs: read('FLEETBEAT_KEEP_AUDIT', duration, 'a duration such as 90d'),
    keepEventsMs: read('FLEETBEAT_KEEP_EVENTS', duration, 'a duration such as 7d'),
    webSessionIdleMs: read('FLEETBEAT_WEB_SESSION_IDLE', duration, 'a duration such as 7d or 12h'),
    webSessionMaxMs: read('FLEETBEAT_WEB_SESSION_MAX', duration, 'a duration such as 30d or 24h'),
    webhooksEveryMs: read('FLEETBEAT_WEBHOOKS_EVERY', duration, 'a duration such as 1s'),
    webhooksMayBePrivate: read('FLEETBEAT_WEBHOOK_ALLOW_PRIVATE', trueOrFalse, 'true or false'),
    keepDeliveriesMs: read('FLEETBEAT_KEEP_DELIVERIES', duration, 'a duration such as 30d'),
    logLevel: read('FLEETBEAT_LOG_LEVEL', logLevel, `one of ${LOG_LEVELS.join(', ')}`),
    checkAnswers: ['test', 'development'].includes(environment['NODE_ENV'] ?? ''),
  };
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'));
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

const isSecret = (name: keyof typeof DEFAULTS): boolean =>
  ['FLEETBEAT_ADMIN_KEY', 'DATABASE_URL', 'REDIS_URL'].includes(name);

const port = (text: string): number | null => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null);

const host = (text: string): string | null => (isIP(text) || /^[A-Za-z0-9.-]+$/.test(text) ? text : null);

const words = (text: string): string[] => text.split(',').flatMap((word) => word.trim() || []);

/** Exactly as a browser sends them: scheme, host, and a port unless it is the usual one. */
function origins(text: string): string[] | null {
  const given = words(text);
  const isOrigin = (each: string) => /^https?:/.test(each) && URL.canParse(each) && new URL(each).origin === each;
  return given.every(isOrigin) ? given : null;
}

const onOrOff = (text: string): boolean | null => (text === 'on' ? true : text === 'off' ? false : null);

const trueOrFalse = (text: string): boolean | null => (text === 'true' ? true : text === 'false' ? false : null);

const atLeastOne = (text: string): number | null => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : null);

const redisUrl = (text: string): string | null =>
  text === '' || (/^rediss?:\/\//.test(text) && URL.canParse(text)) ? text : null;

/** Never "every proxy": then whoever calls could choose the address that is counted. */
function proxies(text: string): false | number | string[] | null {
  if (text === 'off') return false;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  const given = words(text);
  return given.length > 0 && given.every(isNetwork) ? given : null;
}

function isNetwork(text: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) > 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

const adminKey = (text: string): string | null => (text === '' || partsOf(text) ? text : null);

const logLevel = (text: string): LogLevel | null => LOG_LEVELS.find((level) => level === text) ?? null;

/** A duration with its unit, as `ms` reads it, of at least one millisecond. */
function duration(text: string): number | null {
  if (!/^\d+(\.\d+)? ?[a-z]+$/i.test(text)) return null;
  const value = ms(text as StringValue);
  return Number.isFinite(value) && value >= 1 ? value : null;
}

function databaseUrl(text: string): string | null {
  // With two slashes the first word would be a host; the path starts right behind the colon.
  if (text.startsWith('sqlite:')) return /^sqlite:(?!\/\/[^/]).+$/.test(text) ? text : null;
  return hostsOf(text) && text;
}
