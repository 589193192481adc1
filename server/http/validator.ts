/** Requests, and answers where asked, are held to the contract by express-openapi-validator. */
import { type RequestHandler, Router } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { contract } from '../contract.ts';
import { mayCall } from './security.ts';

/**
 * The validator compares a request with one path after the other and makes each path's expression anew for every request:
 * with all paths in one, a heartbeat spent more on that than on its check. So the paths that are called all the time
 * have a validator of their own.
 */
const isBusy = (path: string): boolean => /^\/v1\/sessions(\/|$)/i.test(path);

export function validator(checkAnswers: boolean): RequestHandler {
  const busy = validatorOf(isBusy, checkAnswers);
  const others = validatorOf((path) => !isBusy(path), checkAnswers);
  return (request, response, next) => (isBusy(request.path) ? busy : others)(request, response, next);
}

function validatorOf(chosen: (path: string) => boolean, checkAnswers: boolean): RequestHandler {
  const paths = Object.entries(contract['paths'] as object).filter(([path]) => chosen(path));
  return Router().use(
    OpenApiValidator.middleware({
      apiSpec: { ...contract, paths: Object.fromEntries(paths) } as never,
      validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
      validateResponses: checkAnswers,
      validateSecurity: { handlers: { key: mayCall as never, cookie: mayCall as never } },
      validateApiSpec: false,
    }),
  );
}
