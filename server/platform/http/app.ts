/** The life of a request, from top to bottom. */
import express, { type Express, type RequestHandler, Router } from 'express';
import type { RateLimits } from '../limits/service.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type Asset, referenceAssets } from './assets.ts';
import { auditDenials, type DenialLog } from './audit-denials.ts';
import { authenticate, type RequestAuthenticator, requireCaller } from './authentication.ts';
import { parseBody } from './body.ts';
import { compose, forPaths } from './compose-middleware.ts';
import { corsMiddleware } from './cors.ts';
import { verifyCsrf } from './csrf.ts';
import { dashboard } from './dashboard.ts';
import { headAsGet, normaliseContentType, refuseEncodedBody } from './normalise.ts';
import { handleErrors } from './problem.ts';
import { limitRequests, limitStateWrites } from './rate-limit.ts';
import { assignRequestId, logRequests } from './request-log.ts';
import { measureRequests } from './request-metrics.ts';
import { type RouterOptions, router } from './router.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { createContractValidator } from './validation/requests.ts';
import { requireWellFormedBody, requireWellFormedQuery } from './well-formed-text.ts';

/** Where keys are needed. Elsewhere nobody's key is looked up: /healthz asks nothing of the database. */
const AUTHENTICATED_PATHS = /^\/(v1|metrics)(\/|$)/i;
/** Where pages, their files and MCP are; of an address below /v1 they need not be asked. */
const NON_API_PATHS = /^\/(?!v1\/)/i;

export interface AppOptions<Services> extends RouterOptions<Services> {
  readonly metrics: Metrics;
  readonly audit: DenialLog;
  /** Scripts and styles of the server's own pages. */
  readonly assets: readonly Asset[];
  readonly authenticator: RequestAuthenticator;
  readonly limits: RateLimits;
  readonly log: Log;
  /** Origins of pages that may call. */
  readonly corsOrigins: readonly string[];
  /** Names of this server, as a browser sees them, beside that of the request. */
  readonly allowedHosts: readonly string[];
  /** Which proxies may tell the caller's address, as Express takes it. */
  readonly trustProxy: false | number | readonly string[];
  /** Also check every answer against the contract: in development and in tests. */
  readonly validateResponses: boolean;
  /** Answers /mcp. */
  readonly mcp: (app: Express) => RequestHandler;
}

export function createApp<Services>(options: AppOptions<Services>): Express {
  const {
    metrics,
    audit,
    assets,
    authenticator,
    limits,
    log,
    validateResponses,
    corsOrigins,
    allowedHosts,
    trustProxy,
    mcp,
  } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', trustProxy);
  app.use(compose(assignRequestId, logRequests(log), measureRequests(metrics), setSecurityHeaders));
  if (corsOrigins.length > 0) app.use(corsMiddleware(corsOrigins));
  app.use(
    forPaths(
      NON_API_PATHS,
      Router().all('/mcp', mcp(app)).use('/docs-assets', referenceAssets(assets)).use(dashboard()),
    ),
  );
  app.use(
    forPaths(AUTHENTICATED_PATHS, authenticate(authenticator)),
    forPaths(AUTHENTICATED_PATHS, limitRequests(limits)),
  );
  app.use(compose(verifyCsrf(allowedHosts), headAsGet, requireCaller, refuseEncodedBody, normaliseContentType));
  app.use(parseBody, compose(requireWellFormedBody));
  app.use(createContractValidator(validateResponses));
  app.use(compose(requireWellFormedQuery), limitStateWrites(limits), router(options));
  app.use(auditDenials(audit, log), handleErrors(log));
  return app;
}
