/** The life of a request, from top to bottom. */
import express, { type Express, type RequestHandler, Router } from 'express';
import type { RateLimits } from '../limits/service.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type Asset, referenceAssets } from './assets.ts';
import { auditDenials, type DenialLog } from './audit-denials.ts';
import { parseBody } from './body.ts';
import { crossOrigin } from './cross-origin.ts';
import { dashboard } from './dashboard.ts';
import { measure } from './measure.ts';
import { headAsGet, normaliseContentType } from './normalise.ts';
import { requireOwnPage } from './own-page.ts';
import { requirePlainQuery, requirePlainText } from './plain-text.ts';
import { answerProblems } from './problem.ts';
import { protect } from './protective-headers.ts';
import { limitRequests, limitStateWrites } from './rate-limit.ts';
import { assignRequestId } from './request-id.ts';
import { logRequests } from './request-log.ts';
import { type RouterOptions, router } from './router.ts';
import { identify, type RequestAuthenticator } from './security.ts';
import { inOrder, on } from './steps.ts';
import { validator } from './validator.ts';

/** Where keys are needed. Elsewhere nobody's key is looked up: /healthz asks nothing of the database. */
const SECURED = /^\/(v1|metrics)(\/|$)/i;
/** Where pages, their files and MCP are; of an address below /v1 they need not be asked. */
const PAGES = /^\/(?!v1\/)/i;

export interface AppOptions<Services> extends RouterOptions<Services> {
  readonly metrics: Metrics;
  readonly audit: DenialLog;
  /** Scripts and styles of the server's own pages. */
  readonly assets: readonly Asset[];
  readonly door: RequestAuthenticator;
  readonly limits: RateLimits;
  readonly log: Log;
  /** Origins of pages that may call. */
  readonly corsOrigins: readonly string[];
  /** Names of this server, as a browser sees them, beside that of the request. */
  readonly allowedHosts: readonly string[];
  /** Which proxies may tell the caller's address, as Express takes it. */
  readonly trustProxy: false | number | readonly string[];
  /** Also check every answer against the contract: in development and in tests. */
  readonly checkAnswers: boolean;
  /** Answers /mcp. */
  readonly mcp: (app: Express) => RequestHandler;
}

export function createApp<Services>(options: AppOptions<Services>): Express {
  const { metrics, audit, assets, door, limits, log, checkAnswers, corsOrigins, allowedHosts, trustProxy, mcp } =
    options;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', trustProxy);
  app.use(inOrder(assignRequestId, logRequests(log), measure(metrics), protect));
  if (corsOrigins.length > 0) app.use(crossOrigin(corsOrigins));
  app.use(on(PAGES, Router().all('/mcp', mcp(app)).use('/docs-assets', referenceAssets(assets)).use(dashboard())));
  app.use(on(SECURED, identify(door)), on(SECURED, limitRequests(limits)));
  app.use(inOrder(requireOwnPage(allowedHosts), headAsGet, normaliseContentType));
  app.use(parseBody, inOrder(requirePlainText));
  app.use(validator(checkAnswers));
  app.use(inOrder(requirePlainQuery), limitStateWrites(limits), router(options));
  app.use(auditDenials(audit, log), answerProblems(log));
  return app;
}
