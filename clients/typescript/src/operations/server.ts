import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import type { Schemas } from '../shapes.js';

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

export const serverOf = ({ api, how }: Connection): Server => ({
  live: (options) => answered(api.GET('/healthz', how(options))),
  ready: (options) => answered(api.GET('/readyz', how(options))),
  metrics: (options) => answered(api.GET('/metrics', { parseAs: 'text', ...how(options) })),
  document: (options) => answered(api.GET('/openapi.json', how(options))),
  reference: (options) => answered(api.GET('/docs', { parseAs: 'text', ...how(options) })),
  problem: (kind, options) =>
    answered(api.GET('/problems/{kind}', { params: { path: { kind } }, parseAs: 'text', ...how(options) })),
});
