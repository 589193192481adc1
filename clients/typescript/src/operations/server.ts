import type { Connection } from '../connection.js';
import type { Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';

export interface Server {
  /** The name and version of the server, and the paths of its parts. */
  index(options?: CallOptions): ApiPromise<Schemas['ServerIndex']>;
  /** Liveness probe. */
  live(options?: CallOptions): ApiPromise<Schemas['Liveness']>;
  /** Readiness probe. Rejects with `unavailable` while the database is unavailable. */
  ready(options?: CallOptions): ApiPromise<Schemas['Readiness']>;
  /** Metrics in Prometheus' text format. */
  metrics(options?: CallOptions): ApiPromise<string>;
  /** The OpenAPI document. */
  document(options?: CallOptions): ApiPromise<Readonly<Record<string, unknown>>>;
  /** The API reference, a page of HTML. */
  reference(options?: CallOptions): ApiPromise<string>;
  /** The documentation of a kind of problem, a page of HTML. */
  problem(kind: string, options?: CallOptions): ApiPromise<string>;
}

export const serverApi = ({ operation }: Connection): Server => ({
  index: operation('GET', '/'),
  live: operation('GET', '/healthz'),
  ready: operation('GET', '/readyz'),
  metrics: operation('GET', '/metrics', undefined, 'text'),
  document: operation('GET', '/openapi.json'),
  reference: operation('GET', '/docs', undefined, 'text'),
  problem: operation('GET', '/problems/{kind}', undefined, 'text'),
});
