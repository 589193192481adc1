/** A server, a key, and the HTTP client for the two: every part of the client is made from a connection. */
import createClient, { type Client, defaultPathSerializer } from 'openapi-fetch';
import { type Clock, realClock } from './clock.js';
import { withCsrfToken } from './csrf.js';
import type { paths } from './generated/types.js';
import { createHttp, type Http } from './http.js';
import type { CallOptions, Fetch, FleetbeatOptions } from './options.js';
import { resolveOptions } from './resolve-options.js';
import { VERSION } from './version.js';
import { type RetryingFetch, withRetries } from './with-retries.js';

export interface Connection {
  /** Every path of the contract, typed; problems are returned and not thrown (openapi-fetch). */
  readonly api: Client<paths>;
  readonly clock: Clock;
  readonly random: () => number;
  /** The same as calls with options that resolve with the body, and reject with the problem. */
  readonly http: Http;
  /** A call's own options as openapi-fetch takes them. */
  requestOptions(options?: CallOptions): RequestOptions;
}

type RequestOptions = { signal?: AbortSignal; headers?: Record<string, string>; fetch?: RetryingFetch };

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * For programs that need only a part of the client: `sessionsApi(connect({ baseUrl, key }))`. Sends nothing. Throws as
 * `createFleetbeat` does.
 */
export function connect(given: FleetbeatOptions): Connection {
  const options = resolveOptions(given);
  const { baseUrl, key, clock = realClock, random = Math.random } = options;
  const { retries, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const deps = { fetch, clock, random };
  const headers = {
    ...(key !== undefined && { Authorization: `Bearer ${key}` }),
    // A browser names itself, and would first ask another origin whether it may not.
    ...(!('location' in globalThis) && { 'User-Agent': `fleetbeat-client/${VERSION}` }),
  };
  const api = createClient<paths>({
    baseUrl,
    headers,
    fetch: withRetries(deps, { retries, timeoutMs }),
    pathSerializer: serializePath,
  });
  if (key === undefined) api.use(withCsrfToken(options.csrfToken));
  const requestOptions: Connection['requestOptions'] = ({ idempotencyKey, signal, within, ...call } = {}) => ({
    ...(signal && { signal }),
    headers: { ...call.headers, ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }) },
    fetch: withRetries(deps, {
      // Under a limit in time alone, time ends the retries.
      retries: call.retries ?? (within === undefined ? retries : undefined),
      timeoutMs: call.timeoutMs ?? timeoutMs,
      within,
    }),
  });
  return { api, http: createHttp(api, requestOptions), clock, random, requestOptions };
}

/** Rejects a path parameter that would change which operation is called: `/v1/tasks/` is the list of tasks. */
const serializePath: typeof defaultPathSerializer = (path, params) => {
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    if (/^\.{0,2}$/.test(String(params[name] ?? ''))) {
      throw new TypeError(`${name} is "${params[name] ?? ''}", no id`);
    }
  }
  return defaultPathSerializer(path, params);
};
