import type { Options } from '../command-line.ts';

const duration = (summary: string) => ({ type: 'text', value: 'time', summary }) as const;

/**
 * The settings of the server that have an option. Secrets have none: other users can read them in the list of processes.
 * A test holds the summaries to the server's table of settings, which a client cannot import. The default database is one of
 * `--data`, so it is not named here.
 */
export const SERVE_OPTIONS = {
  port: {
    type: 'number',
    value: 'port',
    integer: true,
    min: 0,
    max: 65_535,
    summary: 'the port to listen on; 0 takes a free one (default: 8787)',
  },
  host: {
    type: 'text',
    value: 'address',
    summary: 'the address to listen on; 0.0.0.0 is every address of the machine (default: 127.0.0.1)',
  },
  database: {
    type: 'text',
    value: 'url',
    summary: 'sqlite:<file>, or mysql://user:password@host:port/database',
  },
  allowedHosts: {
    type: 'text',
    value: 'names',
    summary: 'the host names under which people and agents reach /mcp, with commas between them',
  },
  corsOrigins: {
    type: 'text',
    value: 'origins',
    summary:
      'the origins of web pages that may call from a browser, exactly as a browser sends them (https://fleet.example), with commas between them',
  },
  trustProxy: {
    type: 'text',
    value: 'proxies',
    summary:
      "the proxies that may tell a caller's address in X-Forwarded-For: a number of hops, or addresses or subnets with commas between them (default: off)",
  },
  rateLimits: {
    type: 'text',
    value: 'on|off',
    choices: ['on', 'off'],
    summary: 'off stops all counting, of refused keys too (default: on)',
  },
  staleAfter: duration('a live session that is silent for longer than this reads stale (default: 15m)'),
  stuckAfter: duration(
    'a working session that is alive but has not progressed for this long reads stuck (default: 30m)',
  ),
  archiveSilentAfter: duration(
    'a live session that is silent for this long is archived, unless it is pinned (default: 60m)',
  ),
  archiveIdleAfter: duration(
    'an idle session, whose agent waits for its person, is archived when it is silent for this long, unless it is pinned (default: 24h)',
  ),
  archiveCompleteAfter: duration('a session that is complete for this long is archived (default: 24h)'),
  logLevel: {
    type: 'text',
    value: 'level',
    choices: ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    summary: 'how much is logged (default: info)',
  },
} as const satisfies Options;

/** The setting that an option stands for. */
export const ENV_BY_OPTION: Readonly<Record<keyof typeof SERVE_OPTIONS, string>> = {
  port: 'PORT',
  host: 'HOST',
  database: 'DATABASE_URL',
  allowedHosts: 'FLEETBEAT_ALLOWED_HOSTS',
  corsOrigins: 'FLEETBEAT_CORS_ORIGINS',
  trustProxy: 'FLEETBEAT_TRUST_PROXY',
  rateLimits: 'FLEETBEAT_RATE_LIMITS',
  staleAfter: 'FLEETBEAT_STALE_AFTER',
  stuckAfter: 'FLEETBEAT_STUCK_AFTER',
  archiveSilentAfter: 'FLEETBEAT_ARCHIVE_SILENT_AFTER',
  archiveIdleAfter: 'FLEETBEAT_ARCHIVE_IDLE_AFTER',
  archiveCompleteAfter: 'FLEETBEAT_ARCHIVE_COMPLETE_AFTER',
  logLevel: 'FLEETBEAT_LOG_LEVEL',
};
