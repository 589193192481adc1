/**
 * The ordinary way: `middleware` of express-openapi-validator's main entry. Here its validator class gets a prepared document.
 * Saves: a start takes 0.6 of the time, together with loading MCP lazily (commit d1bf8ef, 25 November 2026).
 * When the package changes: run test/contract and test/behaviour/limits. The fallback is the main entry's `middleware`.
 */
import { type RequestHandler, Router } from 'express';
// A deep import, because the main entry would first load, dereference and check the document.
import { OpenApiValidator, type OpenApiValidatorOpts } from 'express-openapi-validator/dist/openapi.validator.js';
import type { ValidationDocument } from './document.ts';

let documentCount = 0;

/** The validator of a document, which must have no `$ref` left. */
export function createValidator(
  document: ValidationDocument,
  options: Pick<OpenApiValidatorOpts, 'validateRequests' | 'validateSecurity' | 'validateResponses'>,
): RequestHandler {
  const apiDoc = document as never;
  const middleware = new OpenApiValidator({ ...options, apiSpec: apiDoc, fileUploader: false });
  documentCount += 1;
  const specification = { apiDoc, basePaths: [''], routes: toRoutes(document), serial: documentCount };
  return Router().use(middleware.installMiddleware(Promise.resolve(specification)) as never);
}

/**
 * The routes of all operations. The validator uses the first match, so literal segments must come before parameters. Sorting
 * does that, because `{` sorts after all letters.
 */
const toRoutes = ({ paths }: ValidationDocument) =>
  Object.keys(paths)
    .sort()
    .flatMap((path) =>
      Object.entries(paths[path] ?? {}).map(([method, { parameters }]) => ({
        basePath: '',
        expressRoute: path.replace(/\{(\w+)\}/g, ':$1'),
        openApiRoute: path,
        method: method.toUpperCase(),
        pathParams: parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
      })),
    );
