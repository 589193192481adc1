/** openapi-fetch, loaded when `api` is first used. */
import createClient, { type Client } from 'openapi-fetch';
import type { PlainPaths } from './contract-types.js';
import type { WriteOptions } from './options.js';
import { type Answered, fillPath, listHeaders, type RequestParts, type SendCall, type Verb } from './request.js';
import type { CallLimits, Outgoing } from './with-retries.js';

export interface RawApi {
  readonly client: Client<PlainPaths>;
  /** Sends a call through the client's middleware. */
  readonly sendCall: SendCall;
}

interface RawApiDeps {
  readonly baseUrl: string;
  readonly baseHeaders: () => Record<string, string>;
  readonly send: (request: Outgoing, limits: Partial<CallLimits>) => Promise<Response>;
}

type AnySend = <Body>(path: string, init: object) => Promise<Answered<Body>>;

export function createRawApi({ baseUrl, baseHeaders, send }: RawApiDeps): RawApi {
  /** What a Request consists of, so that a fetch of another implementation can send it. */
  const sendRequest = async (request: Request, limits: Partial<CallLimits> = {}) => {
    const { url, method, headers, signal } = request;
    return send({ url: new URL(url), method, headers, body: await request.text(), signal }, limits);
  };
  const client = createClient<PlainPaths>({
    baseUrl,
    fetch: (request) => sendRequest(request),
    pathSerializer: fillPath,
  });
  client.use({
    onRequest({ request: { headers } }) {
      for (const [name, value] of Object.entries(baseHeaders())) if (!headers.has(name)) headers.set(name, value);
    },
  });
  return {
    client,
    sendCall<Body>(verb: Verb, path: string, { ids, query, body, parseAs }: RequestParts, options: WriteOptions = {}) {
      const { signal } = options;
      const init = { params: { path: ids, query }, body, ...(parseAs && { parseAs }), ...(signal && { signal }) };
      const fetch = (request: Request) => sendRequest(request, options);
      return (client[verb] as unknown as AnySend)<Body>(path, { ...init, headers: listHeaders(options), fetch });
    },
  };
}
