/** A server and a key: every part of the client is made from a connection. */
import type { Client } from 'openapi-fetch';
import { type Clock, realClock } from './clock.js';
import type { PlainPaths } from './contract-types.js';
import { createOperations, type Operations } from './operation.js';
import type { Fetch, FleetbeatOptions } from './options.js';
import type { RawApi } from './raw-api.js';
import { createSendCall, type SendCall } from './request.js';
import { resolveOptions } from './resolve-options.js';
import { VERSION } from './version.js';
import { type CallLimits, type Outgoing, sendWithRetries } from './with-retries.js';

export interface Connection {
  /** Every path of the contract, typed; problems are returned and not thrown (openapi-fetch). */
  readonly api: Client<PlainPaths>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Makes methods that resolve with the body of the answer, and reject with the problem. */
  readonly operation: Operations;
  readonly sendCall: SendCall;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const RAW_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'request'] as const;

/**
 * For programs that need only a part of the client: `sessionsApi(connect({ baseUrl, key }))`. Sends nothing. Throws as
 * `createFleetbeat` does.
 */
export function connect(given: FleetbeatOptions): Connection {
  const options = resolveOptions(given);
  const { key, csrfToken, clock = realClock, random = Math.random } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const baseHeaders = () => {
    // Read for each request, because signing in again changes it. The browser sends the cookie itself.
    const token = typeof csrfToken === 'function' ? csrfToken() : csrfToken;
    return {
      ...(key === undefined ? token && { 'X-CSRF-Token': token } : { Authorization: `Bearer ${key}` }),
      // A browser names itself, and would first ask another origin whether it may not.
      ...(!('location' in globalThis) && { 'User-Agent': `fleetbeat-client/${VERSION}` }),
    };
  };
  const send = (request: Outgoing, { retries, timeoutMs, within }: Partial<CallLimits>) => {
    const limits = {
      // Under a limit in time alone, time ends the retries.
      retries: retries ?? (within === undefined ? options.retries : undefined),
      timeoutMs: timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      within,
    };
    return sendWithRetries({ fetch, clock, random }, limits, request);
  };
  const sendPlainCall = createSendCall(baseUrl, baseHeaders, send);

  // Pages load openapi-fetch only if they use `api`.
  let raw: Promise<RawApi> | undefined;
  let hasMiddleware = false;
  const loadRaw = () => {
    raw ??= import('./raw-api.js').then(({ createRawApi }) => createRawApi({ baseUrl, baseHeaders, send }));
    return raw;
  };
  const change = (apply: (client: Client<PlainPaths>) => void) => {
    hasMiddleware = true;
    raw = loadRaw().then((loaded) => {
      apply(loaded.client);
      return loaded;
    });
  };
  const callRaw =
    (name: (typeof RAW_METHODS)[number]) =>
    async (...given: unknown[]) =>
      ((await loadRaw()).client[name] as (...all: unknown[]) => unknown)(...given);
  const api = {
    ...Object.fromEntries(RAW_METHODS.map((name) => [name, callRaw(name)])),
    use: (...middleware) => change((client) => client.use(...middleware)),
    eject: (...middleware) => change((client) => client.eject(...middleware)),
  } as Client<PlainPaths>;

  // Middleware sees every call, also those of the methods.
  const sendCall: SendCall = async <Body>(...call: Parameters<SendCall>) =>
    hasMiddleware ? (await loadRaw()).sendCall<Body>(...call) : sendPlainCall<Body>(...call);
  return { api, operation: createOperations(sendCall), clock, random, sendCall };
}
