/** The settings, from the environment. Each has a default; each is checked at start. */
import { isIP } from 'node:net';
import ms, { type StringValue } from 'ms';
import { partsOf } from './keys/secret.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import type { Settings } from './settings.ts';

export interface Config extends Settings {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  /** Empty when none is given. */
  readonly adminKey: string;
  readonly allowedHosts: readonly string[];
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
    databaseUrl: read('DATABASE_URL', databaseUrl, 'sqlite:<file> or mysql://user:password@host:port/database'),
    adminKey: read(
      'FLEETBEAT_ADMIN_KEY',
      adminKey,
      'fb_<keyId>_<secret> with a secret of 16 to 128 letters, digits, - or _',
    ),
    allowedHosts: read('FLEETBEAT_ALLOWED_HOSTS', words, 'host names, with commas between them'),
    staleAfterMs: read('FLEETBEAT_STALE_AFTER', duration, 'a duration such as 15m, 90s or 1h'),
    stuckAfterMs: read('FLEETBEAT_STUCK_AFTER', duration, 'a duration such as 30m, 90s or 1h'),
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
  FLEETBEAT_STALE_AFTER: '15m',
  FLEETBEAT_STUCK_AFTER: '30m',
  FLEETBEAT_LOG_LEVEL: 'info',
} as const;

const isSecret = (name: keyof typeof DEFAULTS): boolean => name === 'FLEETBEAT_ADMIN_KEY' || name === 'DATABASE_URL';

const port = (text: string): number | null => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null);

const host = (text: string): string | null => (isIP(text) || /^[A-Za-z0-9.-]+$/.test(text) ? text : null);

const words = (text: string): string[] => text.split(',').flatMap((word) => word.trim() || []);

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
  if (!/^(mysql|mariadb):\/\//.test(text)) return null;
  const database = URL.canParse(text) ? new URL(text).pathname.slice(1) : '';
  return database === '' ? null : text;
}
