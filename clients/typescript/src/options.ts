/** The options of a client and of one call. Imports nothing of the client but the clock and durations. */
import type { Clock, Duration } from './clock.js';

/**
 * Called as `fetch(url, init)`, with a plain string and a plain object, so that the fetch of another implementation
 * (undici, node-fetch) works as well. `init` carries method, headers, body and signal.
 */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface FleetbeatOptions {
  /** The server's origin; by default FLEETBEAT_URL of the environment, or else `http://127.0.0.1:8787`. */
  readonly baseUrl?: string;
  /**
   * `fb_<keyId>_<secret>`. Without a `baseUrl` the default is FLEETBEAT_KEY of the environment. A page of the server that
   * has signed in names the `baseUrl` and no key: the browser sends its cookie instead.
   */
  readonly key?: string;
  /** Without a key: the csrfToken returned by `signIn` and `me`, or a function that returns the newest one. */
  readonly csrfToken?: string | (() => string | null);
  /**
   * How often a call is retried after no answer, 408, 429, 502, 503 or 504; 0 disables retries. By default reads are
   * retried 3 times, and writes for a minute: long enough for a restart of the server.
   */
  readonly retries?: number;
  /** How many milliseconds one attempt may take, including its body; 30,000 by default. Holds whatever `fetch` does. */
  readonly timeoutMs?: number;
  /** Another fetch, for example one that uses a proxy. */
  readonly fetch?: Fetch;
  /** Another clock, for tests. */
  readonly clock?: Clock;
  /** Another source of random numbers from 0 to 1, for tests. */
  readonly random?: () => number;
}

/** The options of one call. They count from the moment of the call. */
export interface CallOptions {
  /** Cancels the call, including its waits and retries. */
  readonly signal?: AbortSignal;
  /** How often this call is retried. Without it, `within` alone decides when both could. */
  readonly retries?: number;
  /** How many milliseconds one attempt may take. A session's write also waits no longer than this for its turn. */
  readonly timeoutMs?: number;
  /**
   * How long the whole call may take, including waits and retries: `{ within: '2m' }`. Without `retries` it is retried
   * until this time is up, so that a longer outage is survived.
   */
  readonly within?: Duration;
  /** Headers of this call alone, for example `{ traceparent }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Your own Idempotency-Key, for a call that must take effect once even across restarts of this process. */
  readonly idempotencyKey?: string;
}

/** The options of a write to a program's state. */
export interface WriteOptions extends CallOptions {
  /** Write only if this is still the version of the state. */
  readonly version?: number;
}
