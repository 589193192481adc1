import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/**
 * The network that counts as one address: the IPv4 address itself, or the /64 of an IPv6 address, which is what a single
 * subscriber gets.
 */
export function toNetwork(address: string): string {
  const bare = address.split('%', 1)[0] ?? '';
  const mapped = /^::ffff:([0-9.]+)$/i.exec(bare)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(bare)) return bare;
  const [head = [], tail = []] = bare.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = new Array<string>(Math.max(0, GROUPS - head.length - tail.length)).fill('0');
  const groups = [...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** Whether a server that listens on this address or host name is reachable from this machine only. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');
