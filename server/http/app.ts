/** The life of a request, from top to bottom. */
import express, { type Express, type RequestHandler } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { contract } from '../contract.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';
import { referenceAssets } from './assets.ts';
import { auditDenials } from './audit-denials.ts';
import { parseBody } from './body.ts';
import { headAsGet, normaliseContentType } from './normalise.ts';
import { requirePlainText } from './plain-text.ts';
import { problemHandler } from './problem.ts';
import { assignRequestId } from './request-id.ts';
import { logOptions } from './request-log.ts';
import { router } from './router.ts';
import { identify, mayCall } from './security.ts';

export interface AppOptions {
  readonly services: Services;
  readonly log: Log;
  /** Also check every answer against the contract: in development and in tests. */
  readonly checkAnswers: boolean;
  /** Answers /mcp. */
  readonly mcp: (app: Express) => RequestHandler;
}

export function createApp({ services, log, checkAnswers, mcp }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(assignRequestId);
  app.use(pinoHttp(logOptions(log)));
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: { 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null },
      },
    }),
  );
  app.use('/docs-assets', referenceAssets());
  app.all('/mcp', mcp(app));
  app.use(identify(services.ring), headAsGet, normaliseContentType);
  app.use(parseBody, requirePlainText);
  app.use(
    OpenApiValidator.middleware({
      apiSpec: contract as never,
      validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
      validateResponses: checkAnswers,
      validateSecurity: { handlers: { key: mayCall as never } },
      validateApiSpec: false,
    }),
  );
  app.use(router(services));
  app.use(auditDenials(services.audit, log), problemHandler);
  return app;
}
