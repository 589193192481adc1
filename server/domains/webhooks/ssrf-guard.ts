/**
 * Where deliveries may go. A webhook makes this server send requests to whatever an admin names (SSRF), so only public
 * addresses are allowed. That is checked when a webhook is registered and again for each connection, on the address that
 * is connected to: a name that resolves to a private address later (DNS rebinding) gains nothing.
 */
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { invalidField } from '../../platform/faults.ts';
import type { HostResolver } from './host-resolver.ts';

const PUBLIC_PORTS: readonly number[] = [443, 8443];
/** From here on anybody may listen on this machine. Below are its own services: mail, name servers, remote shells. */
const FIRST_USER_PORT = 1_024;
/** Reserved for private use or never delegated (RFC 6761, 6762, 7686, 8375; ICANN on .internal). */
const PRIVATE_SUFFIXES = ['localhost', 'localdomain', 'local', 'internal', 'home.arpa', 'invalid', 'onion'];

const NOT_PUBLIC = 'must lead to a public address';

export interface UrlPolicy {
  readonly allowPrivate: boolean;
  /**
   * The ports that deliveries may go to. Empty: 443 and 8443, and where private addresses are allowed, at loopback those from
   * 1024 on. Elsewhere in a private network these are databases and administration as often as receivers.
   */
  readonly ports: readonly number[];
}

/** True for plainly public addresses only: not for loopback, private, link-local, metadata, mapped, translated, reserved ones. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // ::a.b.c.d, the deprecated IPv4-compatible form (RFC 4291, section 2.5.5.1).
  if (parsed instanceof ipaddr.IPv6 && parsed.parts.slice(0, 6).every((part) => part === 0)) return false;
  return parsed.range() === 'unicast';
}

const parseIpLiteral = (url: URL): string | null => {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : null;
};

/** Why the URL itself, without a lookup, is not allowed; null when it is. */
function findUrlProblem(url: URL, policy: UrlPolicy): string | null {
  const { allowPrivate, ports } = policy;
  const port = getPort(url);
  const literal = parseIpLiteral(url);
  const isPrivate = literal === null ? isPrivateName(url.hostname) : !isPublicAddress(literal);
  if (url.username !== '' || url.password !== '') return 'must not hold a user or a password';
  if (!allowPrivate && isPrivate) return NOT_PUBLIC;
  if (!allowPrivate && url.protocol !== 'https:') return 'must start with https://';
  const isElsewhere = literal !== null && !isLoopback(literal);
  if (isAllowedPort(port, policy) && !(isElsewhere && requiresLoopback(port, policy))) return null;
  const more = allowPrivate && ports.length === 0 ? `, or at a loopback address one from ${FIRST_USER_PORT} on` : '';
  return `must have one of the ports ${(ports.length > 0 ? ports : PUBLIC_PORTS).join(', ')}${more}`;
}

const getPort = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

function isAllowedPort(port: number, { allowPrivate, ports }: UrlPolicy): boolean {
  if (ports.length > 0) return ports.includes(port);
  return PUBLIC_PORTS.includes(port) || (allowPrivate && port >= FIRST_USER_PORT);
}

const isLoopback = (address: string): boolean => ipaddr.process(address).range() === 'loopback';

/** Whether the port is allowed at loopback only: elsewhere it takes a setting. */
const requiresLoopback = (port: number, { ports }: UrlPolicy): boolean =>
  ports.length === 0 && !PUBLIC_PORTS.includes(port);

/** A name that cannot lead to a public address, whatever a name server says: `localhost`, `build.internal`, `intranet`. */
function isPrivateName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  return !name.includes('.') || PRIVATE_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`));
}

/**
 * Throws `invalid-request`, for the field at `pointer`, for a URL that deliveries may not go to. A name that cannot be looked up now is allowed: it is
 * checked again whenever it is connected to.
 */
export async function requireAllowedUrl(
  text: string,
  accountId: string,
  policy: UrlPolicy & { readonly resolver: HostResolver },
  pointer = '/url',
): Promise<void> {
  const invalidUrl = (message: string) => invalidField('body', pointer, message);
  if (!URL.canParse(text)) throw invalidUrl('must be a URL');
  const url = new URL(text);
  const urlProblem = findUrlProblem(url, policy);
  if (urlProblem !== null) throw invalidUrl(urlProblem);
  if (parseIpLiteral(url) !== null || (policy.allowPrivate && !requiresLoopback(getPort(url), policy))) return;
  const addresses = await policy.resolver.resolve(url.hostname, accountId).catch(() => []);
  const problem = findAddressProblem(addresses, url, policy);
  if (problem !== null) throw invalidUrl(problem);
}

/** Why what a name leads to is not allowed; null when it is. */
function findAddressProblem(addresses: readonly LookupAddress[], url: URL, policy: UrlPolicy): string | null {
  if (!policy.allowPrivate) return addresses.every(({ address }) => isPublicAddress(address)) ? null : NOT_PUBLIC;
  const isRefused = requiresLoopback(getPort(url), policy) && addresses.some(({ address }) => !isLoopback(address));
  return isRefused ? `must have one of the ports ${PUBLIC_PORTS.join(', ')} beyond loopback` : null;
}

/** Throws for a URL that is not allowed any more, for example after a change of the settings. No name is looked up. */
export function requireStillAllowed(url: URL, policy: UrlPolicy): void {
  const problem = findUrlProblem(url, policy);
  if (problem !== null) throw toError(problem);
}

const toError = (problem: string): Error =>
  new Error(problem === NOT_PUBLIC ? 'The host leads to an address that is not public.' : `The URL ${problem}.`);

/** `dns.lookup` for the socket of one delivery. It fails when one of the addresses is not allowed. */
export function createLookup(
  url: URL,
  accountId: string,
  policy: UrlPolicy & { readonly resolver: HostResolver },
): LookupFunction {
  const find = async (hostname: string) => {
    const found = await policy.resolver.resolve(hostname, accountId);
    const problem = findAddressProblem(found, url, policy);
    if (problem !== null) throw toError(problem);
    return found;
  };
  return (hostname, options, callback) => {
    find(hostname).then(
      (found) => {
        const [first] = found;
        if (options.all) callback(null, found);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}
