/**
 * Every setting, once: the parser reads this table, and tests hold the table of docs/settings.md and the options of `fleetbeat serve`
 * to it. Order is that of docs/settings.md.
 */
import { CAP_SETTINGS } from './config-caps.ts';
import { OAUTH_SETTINGS } from './config-oauth.ts';
import { ORGANISATION_SETTINGS } from './config-organisation.ts';
import * as parsers from './config-parsers.ts';
import { duration, type Setting } from './config-setting.ts';
import { LOG_LEVELS } from './platform/log.ts';

export const SETTINGS = {
  port: {
    env: 'PORT',
    default: '8787',
    parse: parsers.parsePort,
    expected: 'a port from 0 to 65535',
    description: 'The port to listen on; 0 takes a free one.',
    group: 'network',
  },
  host: {
    env: 'HOST',
    default: '127.0.0.1',
    parse: parsers.parseHost,
    expected: 'an address or a host name to listen on, for example 127.0.0.1',
    description: 'The address to listen on; `0.0.0.0` is every address of the machine.',
    group: 'network',
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    default: 'sqlite:./data/fleetbeat.db',
    parse: parsers.parseDatabaseUrl,
    expected:
      'sqlite:<file> or mysql://user:password@host:port/database, where host:port may be several, each once, with commas between them',
    description:
      '`sqlite:<file>`, or `mysql://user:password@host:port/database`. Several hosts, with commas between them, are the members of one replicated database: the server [writes to the one that takes writes](host-for-a-team.md#a-database-that-survives-its-machine). `?ssl-mode=` and `ssl-ca=` ask for [TLS](host-for-a-team.md#tls-to-the-database); any other parameter is refused.',
    group: 'database',
    isSecret: true,
  },
  adminKey: {
    env: 'FLEETBEAT_ADMIN_KEY',
    default: '',
    parse: parsers.parseAdminKey,
    expected: 'fb_<keyId>_<secret> with a secret of 16 to 128 letters, digits, - or _',
    description:
      'The first operator key, `fb_<keyId>_<secret>`, instead of one that the server makes. Secrets that can be guessed are refused; `echo "fb_admin_$(openssl rand -hex 32)"` makes a good key. On a database that has keys already, a new value adds a key: the way back in for whoever owns the machine.',
    group: 'access',
    isSecret: true,
  },
  allowedHosts: {
    env: 'FLEETBEAT_ALLOWED_HOSTS',
    default: '',
    parse: parsers.parseList,
    expected: 'host names, with commas between them',
    description:
      'The host names under which people and agents reach `/mcp`, with commas between them. Needed behind a proxy that passes on a host name of its own.',
    group: 'network',
  },
  ...OAUTH_SETTINGS,
  ...ORGANISATION_SETTINGS,
  corsOrigins: {
    env: 'FLEETBEAT_CORS_ORIGINS',
    default: '',
    parse: parsers.parseOrigins,
    expected: 'origins such as https://fleet.example, with commas between them',
    description:
      'The origins of web pages that may call from a browser, exactly as a browser sends them (`https://fleet.example`), with commas between them. `*` is refused.',
    group: 'network',
  },
  trustProxy: {
    env: 'FLEETBEAT_TRUST_PROXY',
    default: 'off',
    parse: parsers.parseTrustProxy,
    expected: 'off, a number of hops, or addresses with commas between them',
    description:
      "The proxies that may tell a caller's address in `X-Forwarded-For`: a number of hops, or addresses or subnets with commas between them. `true` is refused: then callers could choose their address.",
    group: 'network',
  },
  rateLimits: {
    env: 'FLEETBEAT_RATE_LIMITS',
    default: 'on',
    parse: parsers.parseOnOff,
    expected: 'on or off',
    description:
      '`off` stops all counting, of refused keys too. The limits stand under [roles and tiers](roles-and-tiers.md).',
    group: 'limits',
  },
  refusedKeysPerMinute: {
    env: 'FLEETBEAT_REFUSED_KEYS_PER_MINUTE',
    default: '20',
    parse: parsers.parsePositiveInteger,
    expected: 'a whole number from 1 to 999999',
    description:
      'Invalid keys, cookies and links that one address may send per minute before further ones get 429; an IPv6 /64 counts as one address. Valid credentials are always accepted.',
    group: 'limits',
  },
  redisUrl: {
    env: 'REDIS_URL',
    default: '',
    parse: parsers.parseRedisUrl,
    expected: 'redis://user:password@host:port or rediss://…',
    description:
      '`redis://user:password@host:port` or `rediss://…`, where several servers share their counts. While Redis is away each counts for itself.',
    group: 'limits',
    isSecret: true,
  },
  ...CAP_SETTINGS,
  staleAfterMs: duration(
    'FLEETBEAT_STALE_AFTER',
    '15m',
    'sessions',
    '15m, 90s or 1h',
    'A live session that is silent for longer than this reads stale.',
  ),
  stuckAfterMs: duration(
    'FLEETBEAT_STUCK_AFTER',
    '30m',
    'sessions',
    '30m, 90s or 1h',
    'A working session that is alive but has not progressed for this long reads stuck.',
  ),
  archiveSilentAfterMs: duration(
    'FLEETBEAT_ARCHIVE_SILENT_AFTER',
    '60m',
    'sessions',
    '60m or 2h',
    'A live session that is silent for this long is archived, unless it is pinned.',
  ),
  archiveIdleAfterMs: duration(
    'FLEETBEAT_ARCHIVE_IDLE_AFTER',
    '24h',
    'sessions',
    '24h or 7d',
    'An idle session, whose agent waits for its person, is archived when it is silent for this long, unless it is pinned.',
  ),
  archiveCompleteAfterMs: duration(
    'FLEETBEAT_ARCHIVE_COMPLETE_AFTER',
    '24h',
    'sessions',
    '24h or 7d',
    'A session that is complete for this long is archived.',
  ),
  sweepEveryMs: duration(
    'FLEETBEAT_SWEEP_EVERY',
    '1m',
    'sessions',
    '1m or 10s',
    'How often the server looks for sessions to archive. Of several servers one does it.',
  ),
  auditRetentionMs: duration('FLEETBEAT_KEEP_AUDIT', '90d', 'retention', '90d', 'For how long an audit row is kept.'),
  eventRetentionMs: duration(
    'FLEETBEAT_KEEP_EVENTS',
    '7d',
    'retention',
    '7d',
    'For how long an event is kept, and a follower can resume.',
  ),
  sessionRetentionMs: duration(
    'FLEETBEAT_KEEP_SESSIONS',
    '90d',
    'retention',
    '90d',
    'For how long an archived session is kept, with its timeline.',
  ),
  taskRetentionMs: duration(
    'FLEETBEAT_KEEP_TASKS',
    '90d',
    'retention',
    '90d',
    'For how long a completed or expired task is kept.',
  ),
  messageRetentionMs: duration(
    'FLEETBEAT_KEEP_MESSAGES',
    '30d',
    'retention',
    '30d',
    'For how long a message is kept once every recipient has read it, or it has expired.',
  ),
  retentionEveryMs: duration(
    'FLEETBEAT_RETENTION_EVERY',
    '1h',
    'retention',
    '1h or 10m',
    'How often what is too old is deleted: sessions, tasks, messages, audit rows, events, webhook deliveries, web sessions, and the responses kept for an `Idempotency-Key`, after a day.',
  ),
  webSessionIdleMs: duration(
    'FLEETBEAT_WEB_SESSION_IDLE',
    '7d',
    'access',
    '7d or 12h',
    'A browser that is signed in and not used for longer than this must sign in again.',
  ),
  webSessionMaxMs: duration(
    'FLEETBEAT_WEB_SESSION_MAX',
    '30d',
    'access',
    '30d or 24h',
    'A browser must sign in again after this time, however much it is used.',
  ),
  questionsEveryMs: duration(
    'FLEETBEAT_QUESTIONS_EVERY',
    '2s',
    'sessions',
    '2s',
    'How often one server closes questions that have expired or whose session has ended. Readers see it at once.',
  ),
  webhooksEveryMs: duration(
    'FLEETBEAT_WEBHOOKS_EVERY',
    '1s',
    'webhooks',
    '1s',
    'How often each server looks for webhook deliveries that are due.',
  ),
  allowPrivateWebhooks: {
    env: 'FLEETBEAT_WEBHOOK_ALLOW_PRIVATE',
    default: 'false',
    parse: parsers.parseBoolean,
    expected: 'true or false',
    description: '`true` lets webhooks go to loopback and private addresses too, and over plain HTTP.',
    group: 'webhooks',
  },
  webhookPorts: {
    env: 'FLEETBEAT_WEBHOOK_PORTS',
    default: '',
    parse: parsers.parsePorts,
    expected: 'ports with commas between them, for example 443, 8443',
    description:
      'The ports that webhooks may go to, with commas between them. Empty: 443 and 8443, and where private addresses are allowed, from 1024 on at loopback.',
    group: 'webhooks',
  },
  deliveryRetentionMs: duration(
    'FLEETBEAT_KEEP_DELIVERIES',
    '30d',
    'retention',
    '30d',
    'For how long webhook deliveries are kept.',
  ),
  logLevel: {
    env: 'FLEETBEAT_LOG_LEVEL',
    default: 'info',
    parse: parsers.parseLogLevel,
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    description:
      'How much is logged. `silent`, `fatal`, `error`, `warn`, `info`, `debug` or `trace`. Logs are JSON lines on standard output.',
    group: 'logs',
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;
