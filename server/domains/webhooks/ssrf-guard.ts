/**
 * Where deliveries may go. A webhook makes this server send requests to whatever an admin names (SSRF), so only public
 * addresses are allowed. That is checked when a webhook is registered and again for each connection, on the address that
 * is connected to: a name that resolves to a private address later (DNS rebinding) gains nothing.
 */
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { invalidField } from '../../platform/faults.ts';
import type { HostResolver } from './host-resolver.ts';

const PUBLIC_PORTS: readonly number[] = [443, 8443];
/** Reserved for private use or never delegated (RFC 6761, 6762, 7686, 8375; ICANN on .internal). */
const PRIVATE_SUFFIXES = ['localhost', 'localdomain', 'local', 'internal', 'home.arpa', 'invalid', 'onion'];

export interface UrlPolicy {
  readonly allowPrivate: boolean;
  /** The ports that deliveries may go to. Empty: 443 and 8443, and every port where private addresses are allowed. */
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
function findUrlProblem(url: URL, { allowPrivate, ports }: UrlPolicy): string | null {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const allowedPorts = ports.length > 0 ? ports : allowPrivate ? null : PUBLIC_PORTS;
  const literal = parseIpLiteral(url);
  const isPrivate = literal === null ? isPrivateName(url.hostname) : !isPublicAddress(literal);
  if (url.username !== '' || url.password !== '') return 'must not hold a user or a password';
  if (!allowPrivate && isPrivate) return 'must lead to a public address';
  if (!allowPrivate && url.protocol !== 'https:') return 'must start with https://';
  if (allowedPorts && !allowedPorts.includes(port)) return `must have one of the ports ${allowedPorts.join(', ')}`;
  return null;
}

/** A name that cannot lead to a public address, whatever a name server says: `localhost`, `build.internal`, `intranet`. */
function isPrivateName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  return !name.includes('.') || PRIVATE_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`));
}

/**
 * Throws `invalid-request` for a URL that deliveries may not go to. A name that cannot be looked up now is allowed: it is
 * checked again whenever it is connected to.
 */
export async function requireAllowedUrl(
  text: string,
  accountId: string,
  policy: UrlPolicy & { readonly resolver: HostResolver },
): Promise<void> {
  if (!URL.canParse(text)) throw invalidUrl('must be a URL');
  const url = new URL(text);
  const problem = findUrlProblem(url, policy);
  if (problem !== null) throw invalidUrl(problem);
  if (policy.allowPrivate || parseIpLiteral(url) !== null) return;
  const addresses = await policy.resolver.resolve(url.hostname, accountId).catch(() => []);
  if (!addresses.every(({ address }) => isPublicAddress(address))) throw invalidUrl('must lead to a public address');
}

const invalidUrl = (message: string) => invalidField('body', '/url', message);

/** Throws for a URL that is not allowed any more, for example after a change of the settings. No name is looked up. */
export function requireStillAllowed(url: URL, policy: UrlPolicy): void {
  const problem = findUrlProblem(url, policy);
  if (problem !== null) throw new Error(problem.includes('public') ? NOT_PUBLIC_MESSAGE : `The URL ${problem}.`);
}

/** `dns.lookup` for the sockets of an account's deliveries. It fails when one of the addresses is not allowed. */
export function createLookup(resolver: HostResolver, accountId: string, allowPrivate: boolean): LookupFunction {
  const find = async (hostname: string) => {
    const found = await resolver.resolve(hostname, accountId);
    if (allowPrivate || found.every(({ address }) => isPublicAddress(address))) return found;
    throw new Error(NOT_PUBLIC_MESSAGE);
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

const NOT_PUBLIC_MESSAGE = 'The host leads to an address that is not public.';
