/** A server, a key, and how the two are spoken between: what every part of the client is made from. */
import createClient, { type Client } from 'openapi-fetch';
import { type Clock, realClock } from './clock.js';
import { withCsrfToken } from './csrf.js';
import type { paths } from './generated/types.js';
import { type Fetch, withRetries } from './with-retries.js';

export interface FleetbeatOptions {
  /** Where the server is, for example `http://127.0.0.1:8787`. */
  readonly baseUrl: string;
  /** `fb_<keyId>_<secret>`. A page of the server that has signed in leaves it away: its cookie goes with each request. */
  readonly key?: string;
  /** Without a key: the csrfToken that `signIn` and `me` tell, or a function that has the newest one. */
  readonly csrfToken?: string | (() => string | null);
  /** How often a call is tried again after no answer, 429, 502, 503 or 504; 3 by default. 0 switches that off. */
  readonly retries?: number;
  /** How many milliseconds one attempt may take; 30,000 by default. */
  readonly timeoutMs?: number;
  /** Another fetch, for example one that goes through a proxy. */
  readonly fetch?: Fetch;
  /** Another time, for tests. */
  readonly clock?: Clock;
  /** Other dice, from 0 to 1, for tests. */
  readonly random?: () => number;
}

/** What one call may have of its own. */
export interface CallOptions {
  /** Calls it off, its waiting and its repetitions too. */
  readonly signal?: AbortSignal;
  readonly retries?: number;
  readonly timeoutMs?: number;
  /** An Idempotency-Key of your own, for a call that is to take effect once beyond this process' life. */
  readonly idempotencyKey?: string;
}

export interface Connection {
  /** Every path of the contract, typed; problems are returned and not thrown (openapi-fetch). */
  readonly api: Client<paths>;
  readonly clock: Clock;
  readonly random: () => number;
  /** A call's own options as openapi-fetch takes them. */
  requestOptions(options?: CallOptions): RequestOptions;
}

type RequestOptions = { signal?: AbortSignal; headers?: Record<string, string>; fetch?: Fetch };

/** For programs that need only a part of the client: `sessionsApi(connect({ baseUrl, key }))`. */
export function connect(options: FleetbeatOptions): Connection {
  const { baseUrl, key, clock = realClock, random = Math.random, retries = 3, timeoutMs = 30_000 } = options;
  const fetch: Fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  const deps = { fetch, clock, random };
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const api = createClient<paths>({ baseUrl, headers, fetch: withRetries(deps, { retries, timeoutMs }) });
  if (key === undefined) api.use(withCsrfToken(options.csrfToken));
  return {
    api,
    clock,
    random,
    requestOptions(call = {}) {
      const hasOverrides = call.retries !== undefined || call.timeoutMs !== undefined;
      const sendOptions = { retries: call.retries ?? retries, timeoutMs: call.timeoutMs ?? timeoutMs };
      return {
        ...(call.signal && { signal: call.signal }),
        ...(call.idempotencyKey !== undefined && { headers: { 'Idempotency-Key': call.idempotencyKey } }),
        ...(hasOverrides && { fetch: withRetries(deps, sendOptions) }),
      };
    },
  };
}
