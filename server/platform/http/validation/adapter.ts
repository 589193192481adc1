/** A validator for a document whose references are followed. */
import { type RequestHandler, Router } from 'express';
// The package's own entry loads, follows and checks the document first: a start has no time for that.
import { OpenApiValidator, type OpenApiValidatorOpts } from 'express-openapi-validator/dist/openapi.validator.js';
import type { ValidationDocument } from './document.ts';

let documentCount = 0;

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

/** Every operation. The first path that fits is taken: `{` comes after all letters, so that names come before placeholders. */
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
