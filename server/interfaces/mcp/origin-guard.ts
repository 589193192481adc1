/** Checks Host and Origin of /mcp requests against DNS rebinding (MCP, Streamable HTTP, security warning). */
import { validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server';
import type { Request } from 'express';
import { Fault } from '../../platform/faults.ts';

/** Throws `forbidden` for a request that a page of another site could have sent. */
export type OriginGuard = (request: Request) => void;

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARD_HOSTS = ['0.0.0.0', '::'];

/**
 * Browsers send Origin, which differs for pages of other sites. Host is checked as well when the server's names are known:
 * it listens on a single address, or `allowed` lists them.
 */
export function createOriginGuard(host: string, allowed: readonly string[]): OriginGuard {
  const names = [...new Set([...LOOPBACK_HOSTS, ...allowed, ...(WILDCARD_HOSTS.includes(host) ? [] : [host])])];
  const checksHost = allowed.length > 0 || !WILDCARD_HOSTS.includes(host);
  return ({ headers }) => {
    if (checksHost && !validateHostHeader(headers.host ?? null, names).ok) {
      throw new Fault(
        'forbidden',
        'The Host of the request is none of this server. FLEETBEAT_ALLOWED_HOSTS names its hosts.',
      );
    }
    if (headers.origin !== undefined && !validateOriginHeader(headers.origin, names).ok) {
      throw new Fault(
        'forbidden',
        'The Origin of the request is none of this server. FLEETBEAT_ALLOWED_HOSTS names its hosts.',
      );
    }
  };
}
