/** The options of a client and of one call. Imports nothing of the client but the clock. */
import type { Clock } from './clock.js';

/**
 * Called as `fetch(url, init)`, with a plain string and a plain object, so that the fetch of another implementation
 * (undici, node-fetch) works as well. `init` carries method, headers, body and signal.
 */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface FleetbeatOptions {
  /** The server's origin, for example `http://127.0.0.1:8787`. */
  readonly baseUrl: string;
  /** `fb_<keyId>_<secret>`. A page of the server that has signed in omits it: the browser sends its cookie instead. */
  readonly key?: string;
  /** Without a key: the csrfToken returned by `signIn` and `me`, or a function that returns the newest one. */
  readonly csrfToken?: string | (() => string | null);
  /** How often a call is retried after no answer, 408, 429, 502, 503 or 504; 3 by default. 0 disables retries. */
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
  /** How often this call is retried. Without it, `withinMs` alone decides when both could. */
  readonly retries?: number;
  /** How many milliseconds one attempt may take. A session's write also waits no longer than this for its turn. */
  readonly timeoutMs?: number;
  /**
   * How many milliseconds the whole call may take, including waits and retries. Without `retries` it is retried until
   * this time is up, so that a restart of the server is survived: `{ withinMs: 120_000 }`.
   */
  readonly withinMs?: number;
  /** Your own Idempotency-Key, for a call that must take effect once even across restarts of this process. */
  readonly idempotencyKey?: string;
}

/** The options of a write to a program's state. */
export interface WriteOptions extends CallOptions {
  /** Write only if this is still the version of the state. */
  readonly version?: number;
}
