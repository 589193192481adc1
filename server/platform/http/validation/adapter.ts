/** Creates express-openapi-validator's middleware without its slow initialisation. */
import { type RequestHandler, Router } from 'express';
// The package's main entry would first load, dereference and check the document, which slows down the start.
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
