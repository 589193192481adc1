/** Requests, and answers where asked, are held to the contract by express-openapi-validator. */
import { type RequestHandler, Router } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { contract, operations } from '../contract.ts';
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
  const paths = Object.entries(contract.paths).filter(([path]) => chosen(path));
  return Router().use(
    OpenApiValidator.middleware({
      apiSpec: { ...forCallers, paths: Object.fromEntries(paths.map(([path, item]) => [path, securedByCaller(item)])) },
      validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
      validateResponses: checkAnswers,
      validateSecurity: { handlers: { caller: mayCall as never } },
      validateApiSpec: false,
    } as never),
  );
}

/**
 * Who calls is known when the validator is reached, by key or by cookie. Asked to look for both again it would throw and
 * catch an error for the one that was not sent, which took a tenth of a heartbeat's time: it is shown one scheme that
 * has no credential of its own.
 */
const forCallers = {
  ...contract,
  components: { ...(contract['components'] as object), securitySchemes: { caller: { type: 'openIdConnect' } } },
};

type PathItem = (typeof contract.paths)[string];

/** The same path, each operation open to those roles that the contract names. */
function securedByCaller(item: PathItem): PathItem {
  const roles = new Map(operations.map((operation) => [operation.operationId, operation.roles]));
  const secured = Object.entries(item).map(([name, part]) => {
    const { operationId } = part as { operationId?: string };
    if (operationId === undefined) return [name, part];
    const open = roles.get(operationId);
    // Only null is open to everybody; an operation that is not known here is closed to all.
    return [name, { ...(part as object), security: open === null ? [] : [{ caller: open ?? [] }] }];
  });
  return Object.fromEntries(secured);
}
