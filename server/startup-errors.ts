/** Explains startup failures: what was tried, what prevented it, and which setting changes that. */
import { dirname } from 'node:path';
import type { Config } from './config.ts';
import { type DatabaseHost, parseDatabaseHosts } from './platform/database/database-hosts.ts';
import { DatabaseRefused } from './platform/database/database-refused.ts';
import { describeDatabaseError } from './platform/database/describe-database-error.ts';
import { getErrorCode } from './platform/database/dialects/dialect.ts';
import { Fault } from './platform/faults.ts';

/** The explanation of an environment error; null for any other error, which is a bug and is shown with its stack. */
export const explainListenError = (error: unknown, { host, port }: Config): string | null =>
  LISTEN_ERRORS[getErrorCode(error)]?.(host, port) ?? null;

export function explainDatabaseError(thrown: unknown, { databaseUrl }: Config): string | null {
  const error = thrown instanceof Fault ? thrown.cause : thrown;
  if (error instanceof DatabaseRefused) return `DATABASE_URL: ${error.message}`;
  if (databaseUrl.startsWith('sqlite:')) return explainSqliteError(error, databaseUrl.slice('sqlite:'.length));
  return explainMysqlError(error, parseDatabaseHosts(databaseUrl) ?? []);
}

const LISTEN_ERRORS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => `Port ${port} of ${host} is in use by another program. PORT chooses another port.`,
  EACCES: (_host, port) => `This user may not listen on port ${port}. PORT chooses another port, above 1023.`,
  EADDRNOTAVAIL: (host) => `${host} is not an address of this machine. HOST chooses another one, such as 127.0.0.1.`,
  ENOTFOUND: (host) => `The host name ${host} is not known. HOST chooses another one, such as 127.0.0.1.`,
  EAI_AGAIN: (host) => `The host name ${host} cannot be looked up now. HOST chooses another one, such as 127.0.0.1.`,
};

function explainMysqlError(error: unknown, hosts: readonly DatabaseHost[]): string | null {
  const code = getErrorCode(error);
  if (code === 'NO_PRIMARY') {
    return `DATABASE_URL: exactly one of its servers must take writes.\n${getErrorMessage(error).replace(/^/gm, '- ')}`;
  }
  const server = `the MySQL server at ${hosts.map(({ name }) => name).join(' or ')}`;
  const database = hosts[0]?.database;
  if (code === 'ER_BAD_DB_ERROR')
    return `There is no database '${database}' on ${server}. CREATE DATABASE ${database} makes it.`;
  if (!/^(ER_|E[A-Z]+(_[A-Z]+)?$|PROTOCOL_|HANDSHAKE_|SESSION_)/.test(code)) return null;
  return `DATABASE_URL: ${server} cannot be used: ${describeDatabaseError(error)}.`;
}

function explainSqliteError(error: unknown, file: string): string | null {
  const code = getErrorCode(error);
  const message = getErrorMessage(error);
  const folder = FOLDER_ERRORS[code];
  if (folder) return `DATABASE_URL: ${dirname(file)} cannot hold the database: ${folder}.`;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return `DATABASE_URL: another program holds ${file} locked.`;
  const isSqliteError = code.startsWith('SQLITE_') || /unable to open|not a database|readonly database/i.test(message);
  if (!isSqliteError) return null;
  // The driver's message is: Unable to open connection to local database <file>: <number>.
  const reason = /unable to open/i.test(message) ? 'it is not a file that can be read and written' : message;
  return `DATABASE_URL: ${file} cannot be used: ${reason}.`;
}

const FOLDER_ERRORS: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of that path is a file',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'that disk is read-only',
  ENOENT: 'that folder cannot be made',
  ENOSPC: 'the disk is full',
};

const getErrorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
