/** Looks at, and into, every attempt of a client: `createFleetbeat({ fetch: withHooks({ … }) })`, from `@fleetbeat/client/hooks`. */
import type { Fetch } from './options.js';

/** An attempt that is about to be sent. */
export interface AttemptRequest {
  readonly method: string;
  readonly url: string;
  /** Change it to add a header, for example `headers['traceparent'] = …`. Names are in lower case. */
  readonly headers: Record<string, string>;
}

/** How an attempt ended. */
export interface AttemptResult {
  readonly request: AttemptRequest;
  /** Null when there was no answer. */
  readonly status: number | null;
  /** The server's name for the request, as in its log; null without an answer. */
  readonly requestId: string | null;
  /** Of the answer; null when there was none. */
  readonly headers: Headers | null;
  /** Why there was no answer. */
  readonly error?: unknown;
  readonly durationMs: number;
}

export interface Hooks {
  /** Called before each attempt, also before retries and connections to the stream of events. */
  readonly request?: (request: AttemptRequest) => void | Promise<void>;
  /** Called after each attempt. */
  readonly response?: (result: AttemptResult) => void;
  /** The fetch that sends; the global one by default. */
  readonly fetch?: Fetch;
}

/** A fetch for `createFleetbeat` that calls the hooks. An error that `request` throws fails the attempt. */
export function withHooks({ request: onRequest, response: onResponse, fetch: ownFetch }: Hooks): Fetch {
  const fetch: Fetch = ownFetch ?? ((url, init) => globalThis.fetch(url, init));
  return async (url, init) => {
    const headers = { ...(init.headers as Record<string, string>) };
    const request = { method: init.method ?? 'GET', url, headers };
    await onRequest?.(request);
    const startedAt = Date.now();
    const report = (result: Omit<AttemptResult, 'request' | 'durationMs'>) =>
      onResponse?.({ request, durationMs: Date.now() - startedAt, ...result });
    try {
      const response = await fetch(url, { ...init, headers });
      const { status } = response;
      report({ status, requestId: response.headers.get('x-request-id'), headers: response.headers });
      return response;
    } catch (error) {
      report({ status: null, requestId: null, headers: null, error });
      throw error;
    }
  };
}

export interface Logger {
  debug(message: string): void;
  warn(message: string): void;
}

/** Hooks that log each attempt, failures as warnings: `withHooks(logTo(console))`. Never logs a header or a body. */
export const logTo = (logger: Logger): Hooks => ({
  response({ request, status, requestId, error, durationMs }) {
    const { pathname } = new URL(request.url);
    const result = status === null ? `no answer (${error})` : `${status} ${requestId ?? ''}`;
    const line = `fleetbeat ${request.method} ${pathname}: ${result} in ${durationMs} ms`;
    if (status === null || status >= 500) logger.warn(line);
    else logger.debug(line);
  },
});
