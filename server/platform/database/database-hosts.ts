/** Parses the hosts in a MySQL or MariaDB URL. Pure. */
import { parseTlsParameters, type TlsParameters } from './database-tls.ts';

export interface DatabaseHost {
  /** For logs and messages: `h1:3306`. */
  readonly name: string;
  /** A host name or an IP address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: TlsParameters;
}

const DEFAULT_PORT = 3306;
const URL_PATTERN = /^((?:mysql|mariadb):\/\/(?:[^/]*@)?)([^/@]*)(\/.+)$/;

/**
 * Parses `mysql://user:password@host:port/database`, where `host:port` may be a comma-separated list as in MySQL's own
 * connectors. All hosts share user, password, database and parameters. Null when the text is malformed. Throws
 * InvalidDatabaseParameters for parameters that are unknown or contradict each other.
 */
export function parseDatabaseHosts(text: string): readonly DatabaseHost[] | null {
  const [, before = '', hostList = '', after = ''] = URL_PATTERN.exec(text) ?? [];
  const urls = hostList.split(',').map((hostAndPort) => before + hostAndPort.trim() + after);
  if (before === '' || !urls.every((url) => URL.canParse(url) && isDecodable(new URL(url)))) return null;
  const parsed = urls.map((url) => new URL(url));
  const [first] = parsed;
  if (first?.hash !== '') return null;
  const tls = parseTlsParameters(first.searchParams, parsed.map(toHostName));
  const hosts = parsed.map((url) => toDatabaseHost(url, tls));
  const named = new Set(hosts.map(({ name }) => name));
  const isList = hosts.length === 1 || (hosts.every(({ host }) => host !== '') && named.size === hosts.length);
  return isList && hosts.every(({ database }) => database !== '') ? hosts : null;
}

/** IPv6 addresses without brackets. */
const toHostName = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

function toDatabaseHost(url: URL, tls: TlsParameters): DatabaseHost {
  const { hostname, port, username, password, pathname } = url;
  return {
    name: `${hostname}:${port || DEFAULT_PORT}`,
    host: toHostName(url),
    port: Number(port || DEFAULT_PORT),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    tls,
  };
}

/** False for malformed percent-encoding. */
function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
