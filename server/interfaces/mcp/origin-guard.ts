/** Host and Origin checks in front of /mcp, against DNS rebinding (MCP, Streamable HTTP, security warning). */
import { validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server';
import type { Request } from 'express';
import { Fault } from '../../platform/faults.ts';

/** Throws `forbidden` for a request that a foreign web page could have sent. */
export type OriginGuard = (request: Request) => void;

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARD_HOSTS = ['0.0.0.0', '::'];

/**
 * A browser sends Origin, and a page of another site has another one. The Host is checked too where the server's own
 * names are known: when it listens on one address only, or when `allowed` names them.
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
