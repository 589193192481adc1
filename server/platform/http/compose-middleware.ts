/** Synchronous middleware, and helpers that keep Express's router cheap. */
import type { Request, RequestHandler, Response } from 'express';

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
