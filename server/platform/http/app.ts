/** The Express app: every middleware that a request passes through, in order. */
import express, { type Express, type RequestHandler, Router } from 'express';
import type { RateLimits } from '../limits/service.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type Asset, pageAssets } from './assets.ts';
import { auditDenials, type DenialLog } from './audit-denials.ts';
import { authenticate, type RequestAuthenticator, reauthenticateSlowBodies, requireCaller } from './authentication.ts';
import { parseBody, requireExactNumbers } from './body.ts';
import { setSecurityHeaders, verifyCsrf } from './browser-security.ts';
import { corsMiddleware } from './cors.ts';
import { dashboard } from './dashboard.ts';
import { compose, forPaths } from './express-overhead.ts';
import { RENAMED_PATHS, readFormerNames } from './former-names.ts';
import { installPackage } from './install-package.ts';
import { headAsGet, normaliseContentType, refuseEncodedBody, refuseUnsupportedConditions } from './normalise.ts';
import { handleErrors, type RenderProblem } from './problem.ts';
import { limitRequests, limitStateWrites } from './rate-limit.ts';
import { assignRequestId, logRequests, measureRequests } from './request-telemetry.ts';
import { type RouterOptions, router } from './router.ts';
import { type FindPage, sitePages } from './site-pages.ts';
import { createContractValidator, requireWellFormedBody, requireWellFormedQuery } from './validation/requests.ts';

/** Paths where the credential is looked up. Other paths skip it, so that /healthz needs no database. */
const AUTHENTICATED_PATHS = /^\/(v1|metrics)(\/|$)/i;
/** Paths of pages, static files and MCP. API requests skip these handlers. */
const NON_API_PATHS = /^\/(?!v1\/)/i;

export interface AppOptions<Services> extends RouterOptions<Services> {
  readonly metrics: Metrics;
  readonly audit: DenialLog;
  /** Scripts and styles of the pages that this server renders. */
  readonly assets: readonly Asset[];
  /** Pages for people beside the dashboard: the guide. */
  readonly findPage: FindPage;
  readonly renderProblem: RenderProblem;
  readonly authenticator: RequestAuthenticator;
  readonly limits: RateLimits;
  readonly log: Log;
  /** Origins of other sites whose pages may call the API. */
  readonly corsOrigins: readonly string[];
  /** Further host names of this server, as a browser sees them, besides the host of the request. */
  readonly allowedHosts: readonly string[];
  /** Which proxies are trusted to report the caller's address; the Express setting `trust proxy`. */
  readonly trustProxy: false | number | readonly string[];
  /** Whether responses are validated against the contract too: in development and in tests. */
  readonly validateResponses: boolean;
  /** Handles the paths of OAuth; passes everything else on. */
  readonly oauth: RequestHandler;
  /** Handles the sign-in with an organisation's account; passes everything else on. */
  readonly organisationSignIn: RequestHandler;
  /** Creates the handler of /mcp. */
  readonly mcp: (app: Express) => RequestHandler;
}

export function createApp<Services>(options: AppOptions<Services>): Express {
  const {
    metrics,
    audit,
    assets,
    findPage,
    renderProblem,
    authenticator,
    limits,
    log,
    validateResponses,
    corsOrigins,
    allowedHosts,
    trustProxy,
    mcp,
    oauth,
    organisationSignIn,
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
      Router()
        .all('/mcp', mcp(app))
        .use(oauth)
        .use(organisationSignIn)
        .use('/docs-assets', pageAssets(assets))
        .use('/install', installPackage())
        .use(sitePages(findPage))
        .use(dashboard()),
    ),
  );
  app.use(
    forPaths(AUTHENTICATED_PATHS, authenticate(authenticator)),
    forPaths(AUTHENTICATED_PATHS, limitRequests(limits)),
  );
  app.use(compose(verifyCsrf(allowedHosts), headAsGet, requireCaller, refuseEncodedBody, normaliseContentType));
  app.use(compose(refuseUnsupportedConditions));
  app.use(parseBody, reauthenticateSlowBodies(authenticator));
  app.use(forPaths(RENAMED_PATHS, compose(readFormerNames)), compose(requireWellFormedBody));
  app.use(createContractValidator(validateResponses));
  app.use(compose(requireWellFormedQuery, requireExactNumbers), limitStateWrites(limits), router(options));
  app.use(auditDenials(audit, log), handleErrors(log, renderProblem));
  return app;
}
