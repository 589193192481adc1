/** TLS to MySQL and MariaDB: the parameters of DATABASE_URL, named as in MySQL's own clients. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { DatabaseRefused } from './database-refused.ts';

/** What a connection demands of the server's certificate. */
const MODES = ['DISABLED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'] as const;
type Mode = (typeof MODES)[number];

const FILES = ['ssl-ca', 'ssl-cert', 'ssl-key'] as const;
type FileParameter = (typeof FILES)[number];
const PARAMETERS: readonly string[] = ['ssl-mode', ...FILES];

export interface TlsParameters {
  readonly mode: Mode;
  /** The paths of PEM files. */
  readonly files: Readonly<Partial<Record<FileParameter, string>>>;
}

/** Wrong parameters of DATABASE_URL. The message follows that name. */
export class InvalidDatabaseParameters extends Error {}

const refuse = (message: string): never => {
  throw new InvalidDatabaseParameters(message);
};

/** Throws InvalidDatabaseParameters for anything that it would otherwise have to ignore. */
export function parseTlsParameters(parameters: URLSearchParams, hostNames: readonly string[]): TlsParameters {
  for (const name of parameters.keys()) {
    if (!PARAMETERS.includes(name)) refuse(`has the parameter '${name}', which is none of ${PARAMETERS.join(', ')}`);
    if (parameters.getAll(name).length > 1) refuse(`has the parameter '${name}' twice`);
    if (parameters.get(name) === '') refuse(`has the parameter '${name}' without a value`);
  }
  const text = (parameters.get('ssl-mode') ?? 'DISABLED').toUpperCase();
  // PREFERRED falls back to plain text without a word, so whoever can cut the connection can read it.
  const mode = MODES.find((each) => each === text) ?? refuse(`has an ssl-mode that is none of ${MODES.join(', ')}`);
  const files = Object.fromEntries(
    FILES.flatMap((name) => (parameters.has(name) ? [[name, parameters.get(name)]] : [])),
  );
  if (files['ssl-ca'] && !mode.startsWith('VERIFY_'))
    refuse('has an ssl-ca, which needs ssl-mode=VERIFY_CA or VERIFY_IDENTITY');
  if (mode === 'DISABLED' && Object.keys(files).length > 0)
    refuse('has a client certificate, which needs an ssl-mode other than DISABLED');
  if (!files['ssl-cert'] !== !files['ssl-key']) refuse('must have both ssl-cert and ssl-key, or neither');
  // Node compares a certificate with a name only when it has connected by that name.
  if (mode === 'VERIFY_IDENTITY' && hostNames.some((name) => isIP(name)))
    refuse(
      'has ssl-mode=VERIFY_IDENTITY with an IP address; give the host name that the certificate has, or use VERIFY_CA',
    );
  return { mode, files };
}

/** mysql2's option `ssl`. */
export interface TlsOptions {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  rejectUnauthorized: boolean;
  readonly verifyIdentity: boolean;
}

/**
 * Reads the files; undefined when the mode is DISABLED. Without `ssl-ca` the certificate authorities are those of Node. Throws
 * DatabaseRefused for a file that cannot be read or used.
 */
export function loadTlsOptions({ mode, files }: TlsParameters): TlsOptions | undefined {
  if (mode === 'DISABLED') return undefined;
  const read = (name: FileParameter): Buffer | undefined => {
    const path = files[name];
    if (path === undefined) return undefined;
    try {
      return readFileSync(path);
    } catch {
      throw new DatabaseRefused(`${name}: there is no file ${path} that this user can read.`);
    }
  };
  const [ca, cert, key] = [read('ssl-ca'), read('ssl-cert'), read('ssl-key')];
  const certificates = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  try {
    createSecureContext(certificates);
  } catch (error) {
    throw new DatabaseRefused(`${Object.keys(files).join(', ')}: not usable PEM files (${(error as Error).message}).`);
  }
  return {
    ...certificates,
    rejectUnauthorized: mode !== 'REQUIRED',
    verifyIdentity: mode === 'VERIFY_IDENTITY',
  };
}
