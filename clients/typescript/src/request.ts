/** One call of an operation: what is sent, and what its answer says. */
import { parseJsonOrText } from './error.js';
import type { WriteOptions } from './options.js';
import type { CallLimits, Outgoing } from './with-retries.js';

export type Verb = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';

export interface RequestParts {
  /** The values of the path's parameters. */
  readonly ids?: Readonly<Record<string, unknown>>;
  readonly query?: object | undefined;
  readonly body?: unknown;
  /** Leaves the body of the answer as text. */
  readonly parseAs?: 'text' | undefined;
}

/** The answer, with its body: parsed as `data` if it is a success, and else as `error`. */
export interface Answered<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}

/** Sends one call: its path as in the contract, with the names of its parameters. */
export type SendCall = <Body>(
  verb: Verb,
  path: string,
  parts: RequestParts,
  options?: WriteOptions,
) => Promise<Answered<Body>>;

/** The headers that a call's options stand for. */
export const listHeaders = ({ headers, idempotencyKey, version }: WriteOptions): Record<string, string> => ({
  ...headers,
  ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
  // RFC 9110, 13.1.1
  ...(version !== undefined && { 'If-Match': `"${version}"` }),
});

/** Rejects an id that would change which operation is called: `/v1/tasks/` is the list of tasks. */
export const fillPath = (path: string, ids: Readonly<Record<string, unknown>> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const id = String(ids[name] ?? '');
    if (/^\.{0,2}$/.test(id)) throw new TypeError(`${name} is "${id}", no id`);
    return encodeURIComponent(id);
  });

/** `baseHeaders` are those of every call; a call's own replace them. */
export const createSendCall =
  (
    baseUrl: string,
    baseHeaders: () => Readonly<Record<string, string>>,
    send: (request: Outgoing, limits: Partial<CallLimits>) => Promise<Response>,
  ): SendCall =>
  async (method, path, { ids, query, body, parseAs }, options = {}) => {
    const { location } = globalThis as { readonly location?: { readonly href: string } };
    // A page may name its own server by a path alone.
    const url = new URL(baseUrl + fillPath(path, ids), location?.href);
    for (const [name, value] of Object.entries(query ?? {}))
      for (const each of [value].flat()) if (each !== undefined) url.searchParams.append(name, each);
    const headers = new Headers(body === undefined ? {} : { 'Content-Type': 'application/json' });
    for (const [name, value] of Object.entries({ ...baseHeaders(), ...listHeaders(options) })) headers.set(name, value);
    const { signal } = options;
    const response = await send({ method, url, headers, signal, body: JSON.stringify(body) }, options);
    const text = await response.text();
    if (!response.ok) return { error: parseJsonOrText(text), response };
    return { data: parseAs ? text : text ? JSON.parse(text) : undefined, response };
  };
