/** Structured logs: one JSON line per event, to standard output. Known secret fields are redacted. */
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const REDACTED_PATHS = [
  'key',
  '*.key',
  'secret',
  '*.secret',
  'authorization',
  '*.authorization',
  'headers.authorization',
  '*.headers.authorization',
  // Parameters of failed statements: texts of programs, hashes of secrets.
  ...['err', 'err.driverError'].flatMap((error) => [`${error}.parameters`, `${error}.sql`]),
];

/** A logger to `destination`, or to standard output. */
export const createLogger = (level: LogLevel, destination?: DestinationStream): Log => {
  const options = { level, redact: { paths: REDACTED_PATHS, censor: '[cut]' }, base: null };
  return destination ? pino(options, destination) : pino(options);
};
