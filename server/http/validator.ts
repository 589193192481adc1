/** Requests, and answers where asked, are held to the contract by express-openapi-validator. */
import { type RequestHandler, Router } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import type { Document } from '../../openapi/operations.ts';
import { partOf } from '../../openapi/part.ts';
import { contract, operations } from '../contract.ts';
import { mayCall } from './security.ts';

/**
 * The validator compares a request with one path after the other and makes each path's expression anew for every request,
 * and to begin with it works through the whole document that it is given. So each domain has a validator of its own, made
 * when it is first asked for, and the session, which is called all the time, is a domain by itself.
 */
const domainOf = (path: string): string =>
  /^\/v1\/sessions\/[^/]+\/?$/i.test(path) ? 'session' : (/^\/v1\/([^/]+)/i.exec(path)?.[1]?.toLowerCase() ?? REST);

/** The paths of no domain, and those that there are not. */
const REST = '';

const DOMAINS: ReadonlySet<string> = new Set(Object.keys(contract.paths).map(domainOf));

export function validator(checkAnswers: boolean): RequestHandler {
  const made = new Map<string, RequestHandler>();
  return (request, response, next) => {
    const named = domainOf(request.path);
    const domain = DOMAINS.has(named) ? named : REST;
    const validate = made.get(domain) ?? validatorOf(domain, checkAnswers);
    made.set(domain, validate);
    validate(request, response, next);
  };
}

function validatorOf(domain: string, checkAnswers: boolean): RequestHandler {
  const paths = Object.entries(contract.paths).filter(([path]) => domainOf(path) === domain);
  const secured = paths.map(([path, item]) => [path, securedByCaller(item)]);
  return Router().use(
    OpenApiValidator.middleware({
      apiSpec: partOf(forCallers, Object.fromEntries(secured)),
      validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
      validateResponses: checkAnswers,
      validateSecurity: { handlers: { caller: mayCall as never } },
      validateApiSpec: false,
      // No operation takes files.
      fileUploader: false,
    } as never),
  );
}

/**
 * Who calls is known when the validator is reached, by key or by cookie. Asked to look for both again it would throw and
 * catch an error for the one that was not sent, which took a tenth of a heartbeat's time: it is shown one scheme that
 * has no credential of its own.
 */
const forCallers: Document = {
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
