/** What is done with a request on its way, when nobody has to be waited for. */
import type { Request, RequestHandler, Response } from 'express';

/** Looks at a request, or notes something on it or its answer. Throws a Fault for one that goes no further. */
export type SyncMiddleware = (request: Request, response: Response) => void;

/** Steps as one layer of the app: the router makes some objects for each layer that a request passes. */
export const compose =
  (...middleware: readonly SyncMiddleware[]): RequestHandler =>
  (request, response, next) => {
    for (const step of middleware) step(request, response);
    next();
  };

/** A handler that only requests with such a path pass through. The same as a path of `use`, which takes more time. */
export const forPaths =
  (paths: RegExp, handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    paths.test(request.path) ? handler(request, response, next) : next();
