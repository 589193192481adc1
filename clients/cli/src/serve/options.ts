import type { Options } from '../command.ts';

const duration = (summary: string) => ({ type: 'text', value: 'time', summary }) as const;

/** What of the server's settings can be told on the command line. Secrets cannot: others could read them in the list of processes. */
export const SERVE_OPTIONS = {
  port: {
    type: 'number',
    value: 'port',
    integer: true,
    min: 0,
    max: 65_535,
    summary: 'the port; 8787 unless told, 0 takes a free one',
  },
  host: { type: 'text', value: 'address', summary: 'the address; 127.0.0.1 unless told, 0.0.0.0 is every one' },
  database: {
    type: 'text',
    value: 'url',
    summary: 'sqlite:<file> or mysql://…; sqlite:./data/fleetbeat.db unless told',
  },
  allowedHosts: { type: 'text', value: 'names', summary: 'host names under which agents reach /mcp, with commas' },
  corsOrigins: { type: 'text', value: 'origins', summary: 'web pages that may call from a browser, with commas' },
  trustProxy: { type: 'text', value: 'proxies', summary: 'off, a number of hops, or addresses with commas' },
  rateLimits: { type: 'text', value: 'on|off', choices: ['on', 'off'], summary: 'off stops all counting' },
  staleAfter: duration('a session that is silent for longer reads stale; 15m unless told'),
  stuckAfter: duration('one without progress for longer reads stuck; 30m unless told'),
  archiveSilentAfter: duration('a silent session is archived after; 60m unless told'),
  archiveCompleteAfter: duration('a complete session is archived after; 24h unless told'),
  logLevel: {
    type: 'text',
    value: 'level',
    choices: ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    summary: 'how much is logged; info unless told',
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
  archiveCompleteAfter: 'FLEETBEAT_ARCHIVE_COMPLETE_AFTER',
  logLevel: 'FLEETBEAT_LOG_LEVEL',
};
