/** A server, a key, and the HTTP client for the two: every part of the client is made from a connection. */
import createClient, { type Client, defaultPathSerializer } from 'openapi-fetch';
import { type Clock, realClock } from './clock.js';
import { withCsrfToken } from './csrf.js';
import type { paths } from './generated/types.js';
import type { CallOptions, Fetch, FleetbeatOptions } from './options.js';
import { type RetryingFetch, withRetries } from './with-retries.js';

export interface Connection {
  /** Every path of the contract, typed; problems are returned and not thrown (openapi-fetch). */
  readonly api: Client<paths>;
  readonly clock: Clock;
  readonly random: () => number;
  /** A call's own options as openapi-fetch takes them. */
  requestOptions(options?: CallOptions): RequestOptions;
}

type RequestOptions = { signal?: AbortSignal; headers?: Record<string, string>; fetch?: RetryingFetch };

const DEFAULT_RETRIES = 3;
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * For programs that need only a part of the client: `sessionsApi(connect({ baseUrl, key }))`. Sends nothing. Throws a
 * `TypeError` when `baseUrl` is not an http address.
 */
export function connect(options: FleetbeatOptions): Connection {
  const { baseUrl, key, clock = realClock, random = Math.random } = options;
  const { retries = DEFAULT_RETRIES, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  requireHttpUrl(baseUrl);
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const deps = { fetch, clock, random };
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const limits = { retries, timeoutMs, withinMs: Number.POSITIVE_INFINITY };
  const api = createClient<paths>({
    baseUrl,
    headers,
    fetch: withRetries(deps, limits),
    pathSerializer: serializePath,
  });
  if (key === undefined) api.use(withCsrfToken(options.csrfToken));
  return {
    api,
    clock,
    random,
    requestOptions({ signal, idempotencyKey, ...call } = {}) {
      const hasOverrides = (call.retries ?? call.timeoutMs ?? call.withinMs) !== undefined;
      const ownLimits = {
        // Under a limit in time alone, time ends the retries.
        retries: call.retries ?? (call.withinMs === undefined ? retries : Number.POSITIVE_INFINITY),
        timeoutMs: call.timeoutMs ?? timeoutMs,
        withinMs: call.withinMs ?? Number.POSITIVE_INFINITY,
      };
      return {
        ...(signal && { signal }),
        ...(idempotencyKey !== undefined && { headers: { 'Idempotency-Key': idempotencyKey } }),
        ...(hasOverrides && { fetch: withRetries(deps, ownLimits) }),
      };
    },
  };
}

function requireHttpUrl(baseUrl: string): void {
  // A page may name its own server by a path alone.
  if (/^https?:\/\/[^/]/i.test(baseUrl) || (baseUrl.startsWith('/') && 'location' in globalThis)) return;
  throw new TypeError(`baseUrl is "${baseUrl}", but has to begin with http:// or https://`);
}

/** Rejects a path parameter that would change which operation is called: `/v1/tasks/` is the list of tasks. */
const serializePath: typeof defaultPathSerializer = (path, params) => {
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    if (/^\.{0,2}$/.test(String(params[name] ?? ''))) {
      throw new TypeError(`${name} is "${params[name] ?? ''}", which names nothing.`);
    }
  }
  return defaultPathSerializer(path, params);
};
