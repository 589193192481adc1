/** A server, a key, and the HTTP client for the two: every part of the client is made from a connection. */
import createClient, { type Client, defaultPathSerializer } from 'openapi-fetch';
import { type Clock, realClock } from './clock.js';
import { withCsrfToken } from './csrf.js';
import type { paths } from './generated/types.js';
import type { CallOptions, Fetch, FleetbeatOptions } from './options.js';
import { resolveOptions } from './resolve-options.js';
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
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const api = createClient<paths>({
    baseUrl,
    headers,
    fetch: withRetries(deps, { retries, timeoutMs }),
    pathSerializer: serializePath,
  });
  if (key === undefined) api.use(withCsrfToken(options.csrfToken));
  return {
    api,
    clock,
    random,
    requestOptions({ signal, idempotencyKey, headers: ownHeaders, ...call } = {}) {
      const headers = { ...ownHeaders, ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }) };
      const hasOverrides = (call.retries ?? call.timeoutMs ?? call.within) !== undefined;
      const ownLimits = {
        // Under a limit in time alone, time ends the retries.
        retries: call.retries ?? (call.within === undefined ? retries : undefined),
        timeoutMs: call.timeoutMs ?? timeoutMs,
        within: call.within,
      };
      return {
        ...(signal && { signal }),
        ...((ownHeaders ?? idempotencyKey) !== undefined && { headers }),
        ...(hasOverrides && { fetch: withRetries(deps, ownLimits) }),
      };
    },
  };
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
