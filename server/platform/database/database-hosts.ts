/** Parses the hosts in a MySQL or MariaDB URL. Pure. */

export interface DatabaseHost {
  /** For logs and messages: `h1:3306`. */
  readonly name: string;
  /** A host name or an IP address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** The same URL with this host only. */
  readonly url: string;
}

const DEFAULT_PORT = 3306;
const URL_PATTERN = /^((?:mysql|mariadb):\/\/(?:[^/]*@)?)([^/@]*)(\/.+)$/;

/**
 * Parses `mysql://user:password@host:port/database`, where `host:port` may be a comma-separated list as in MySQL's own
 * connectors. All hosts share user, password and database. Null when the text is malformed.
 */
export function parseDatabaseHosts(text: string): readonly DatabaseHost[] | null {
  const [, before = '', hostList = '', after = ''] = URL_PATTERN.exec(text) ?? [];
  const urls = hostList.split(',').map((hostAndPort) => before + hostAndPort.trim() + after);
  if (before === '' || !urls.every((url) => URL.canParse(url) && isDecodable(new URL(url)))) return null;
  const hosts = urls.map((url) => toDatabaseHost(url, new URL(url)));
  const named = new Set(hosts.map(({ name }) => name));
  const isList = hosts.length === 1 || (hosts.every(({ host }) => host !== '') && named.size === hosts.length);
  return isList && hosts.every(({ database }) => database !== '') ? hosts : null;
}

function toDatabaseHost(url: string, { hostname, port, username, password, pathname }: URL): DatabaseHost {
  return {
    name: `${hostname}:${port || DEFAULT_PORT}`,
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || DEFAULT_PORT),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    url,
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
