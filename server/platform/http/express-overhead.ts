/** What keeps Express cheap for each request: cheaper objects, fewer router layers. */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express, Request, RequestHandler, Response } from 'express';

/** Inspects or changes the request or response. Throws a Fault to reject the request. */
export type SyncMiddleware = (request: Request, response: Response) => void;

/** Runs several middleware as one router layer: Express allocates objects for each layer that a request passes. */
export const compose =
  (...middleware: readonly SyncMiddleware[]): RequestHandler =>
  (request, response, next) => {
    for (const step of middleware) step(request, response);
    next();
  };

/** Runs the handler only for matching paths. The same as a path given to `use`, but faster. */
export const forPaths =
  (paths: RegExp, handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    paths.test(request.path) ? handler(request, response, next) : next();

/**
 * Classes of requests and responses.
 *
 * The ordinary way: `createServer(app)`. Here requests and responses are created from classes that have Express's prototypes.
 * Saves: 182 → 70 µs on a bare route, a third of a heartbeat's processor time (bench/README.md, 25 November 2026).
 * When Express changes: run express-overhead.test.ts. `createServer` without these classes is safe, only slower.
 *
 * `app.handle` replaces the prototype of every request and response, and V8 is slow with objects whose prototype has changed
 * (expressjs/express#5998).
 */
export interface MessageClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

const classesByApp = new WeakMap<object, MessageClasses>();

/** The classes of an app, to pass to `createServer`; always the same pair for the same app. */
export function getMessageClasses(app: Express): MessageClasses {
  const classes = classesByApp.get(app) ?? {
    IncomingMessage: createRequestClass(app),
    ServerResponse: createResponseClass(app),
  };
  classesByApp.set(app, classes);
  return classes;
}

function createRequestClass(app: Express): typeof IncomingMessage {
  class AppRequest extends IncomingMessage {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  app.request = AppRequest.prototype as Express['request'];
  return AppRequest;
}

function createResponseClass(app: Express): typeof ServerResponse {
  class AppResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
    /** Like Express's own, without looking up settings. Headers and body go out in one write. */
    json(body: unknown): this {
      const text = JSON.stringify(body);
      if (!this.hasHeader('Content-Type')) this.setHeader('Content-Type', 'application/json; charset=utf-8');
      this.setHeader('Content-Length', Buffer.byteLength(text));
      return this.end(text);
    }
  }
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  app.response = AppResponse.prototype as unknown as Express['response'];
  return AppResponse;
}
