import type { Connection } from '../connection.js';
import type { Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions } from '../options.js';

export interface Server {
  /** Liveness probe. */
  live(options?: CallOptions): Promise<Schemas['Liveness']>;
  /** Readiness probe. Rejects with `unavailable` while the database is unavailable. */
  ready(options?: CallOptions): Promise<Schemas['Readiness']>;
  /** Metrics in Prometheus' text format. */
  metrics(options?: CallOptions): Promise<string>;
  /** The OpenAPI document. */
  document(options?: CallOptions): Promise<Readonly<Record<string, unknown>>>;
  /** The API reference, a page of HTML. */
  reference(options?: CallOptions): Promise<string>;
  /** The documentation of a kind of problem, a page of HTML. */
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
