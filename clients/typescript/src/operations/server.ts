import type { Connection } from '../connection.js';
import type { Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions } from '../options.js';

export interface Server {
  /** Does the process answer? */
  live(options?: CallOptions): Promise<Schemas['Liveness']>;
  /** Can it do its work? Rejects with `unavailable` while its database is away. */
  ready(options?: CallOptions): Promise<Schemas['Readiness']>;
  /** In Prometheus' text format. */
  metrics(options?: CallOptions): Promise<string>;
  /** The OpenAPI document. */
  document(options?: CallOptions): Promise<Readonly<Record<string, unknown>>>;
  /** The API reference, a page of HTML. */
  reference(options?: CallOptions): Promise<string>;
  /** What a kind of problem means, a page of HTML. */
  problem(kind: string, options?: CallOptions): Promise<string>;
}

export const serverApi = ({ api, requestOptions }: Connection): Server => ({
  live: (options) => unwrapResponse(api.GET('/healthz', requestOptions(options))),
  ready: (options) => unwrapResponse(api.GET('/readyz', requestOptions(options))),
  metrics: (options) => unwrapResponse(api.GET('/metrics', { parseAs: 'text', ...requestOptions(options) })),
  document: (options) => unwrapResponse(api.GET('/openapi.json', requestOptions(options))),
  reference: (options) => unwrapResponse(api.GET('/docs', { parseAs: 'text', ...requestOptions(options) })),
  problem: (kind, options) =>
    unwrapResponse(
      api.GET('/problems/{kind}', { params: { path: { kind } }, parseAs: 'text', ...requestOptions(options) }),
    ),
});
