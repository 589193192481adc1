/** The options of a client with what the environment says, checked before the first call. */
import type { FleetbeatOptions } from './options.js';

export type ResolvedOptions = FleetbeatOptions & { readonly baseUrl: string };

const DEFAULT_URL = 'http://127.0.0.1:8787';

/**
 * The key of the environment goes to the server of the environment alone. Throws a `TypeError` that says what to do when a
 * key is missing, or when `baseUrl` cannot be the address of a server.
 */
export function resolveOptions(options: FleetbeatOptions): ResolvedOptions {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const env = options.baseUrl === undefined ? (process?.env ?? {}) : {};
  const baseUrl = options.baseUrl ?? env['FLEETBEAT_URL'] ?? DEFAULT_URL;
  const key = options.key ?? env['FLEETBEAT_KEY'];
  // A page may name its own server by a path alone.
  const isAddress = /^https?:\/\/[^/]/i.test(baseUrl) || (baseUrl.startsWith('/') && 'location' in globalThis);
  if (!isAddress || /\/(v1|mcp)\/?$/.test(baseUrl))
    throw new TypeError(`baseUrl is "${baseUrl}": it must begin with http:// or https://, not end in /v1 or /mcp`);
  if (key === '' || (key === undefined && options.baseUrl === undefined))
    throw new TypeError('There is no key: set FLEETBEAT_KEY');
  return { ...options, baseUrl, ...(key !== undefined && { key }) };
}
