/**
 * Where deliveries may go. A webhook makes this server send requests to whatever an admin names (SSRF): only public
 * addresses are allowed, looked at when a webhook is registered and again for each connection, on the address that the
 * connection is made to. So a name that leads elsewhere later (DNS rebinding) leads nowhere.
 */
import { type LookupAddress, lookup, promises } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { SECOND } from '../../platform/clock.ts';
import { invalidField } from '../../platform/faults.ts';

/** A name that nobody answers for in this time is looked at when it is used. */
const DNS_TIMEOUT_MS = 2 * SECOND;

/** Only what is plainly public: loopback, private, link-local, metadata, mapped, translated, reserved ones are not. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // ::a.b.c.d, an IPv4 address in a dress that nobody wears any more (RFC 4291, section 2.5.5.1).
  if (parsed instanceof ipaddr.IPv6 && parsed.parts.slice(0, 6).every((part) => part === 0)) return false;
  return parsed.range() === 'unicast';
}

const parseIpLiteral = (url: URL): string | null => {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : null;
};

/** Throws `invalid-request` for a URL that deliveries may not go to. */
export async function requireAllowedUrl(text: string, allowPrivate: boolean): Promise<void> {
  if (!URL.canParse(text)) throw invalidUrl('must be a URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw invalidUrl('must not hold a user or a password');
  if (allowPrivate) return;
  if (url.protocol !== 'https:') throw invalidUrl('must start with https://');
  const literal = parseIpLiteral(url);
  const addresses = literal === null ? await resolveAddresses(url.hostname) : [literal];
  if (!addresses.every(isPublicAddress)) throw invalidUrl('must lead to a public address');
}

const invalidUrl = (message: string) => invalidField('body', '/url', message);

async function resolveAddresses(hostname: string): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never[]>((resolve) => {
    timer = setTimeout(resolve, DNS_TIMEOUT_MS, []);
  });
  const found = promises.lookup(hostname, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  return Promise.race([found, late]).finally(() => clearTimeout(timer));
}

/** Throws for an address that stands in the URL itself: no name is looked up for it. */
export function requirePublicLiteral(url: URL): void {
  const literal = parseIpLiteral(url);
  if (literal !== null && !isPublicAddress(literal)) throw new Error(NOT_PUBLIC_MESSAGE);
}

/** `dns.lookup` for sockets, which finds nothing when one of the addresses is not public. */
export const publicLookup: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const refusal =
      error ?? (found.every(({ address }) => isPublicAddress(address)) ? null : new Error(NOT_PUBLIC_MESSAGE));
    const [first] = found ?? [];
    if (refusal || !first) return callback(refusal ?? new Error(`${hostname} has no address`), '', 0);
    if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });

const NOT_PUBLIC_MESSAGE = 'The host leads to an address that is not public.';
