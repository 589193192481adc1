/** Requests, and answers where asked, are held to the contract by express-openapi-validator. */
import { type RequestHandler, Router } from 'express';
import { contract } from '../../contract.ts';
import { authorize } from '../authentication.ts';
import { createValidator } from './adapter.ts';
import { buildValidationDocument } from './document.ts';
import { validateResponses } from './responses.ts';

/**
 * The validator compares a request with one path after the other and makes each path's expression anew for every request,
 * and to begin with it works through the whole document that it is given. So each domain has a validator of its own, made
 * when it is first asked for, and the session, which is called all the time, is a domain by itself.
 */
const toDomain = (path: string): string =>
  /^\/v1\/sessions\/[^/]+\/?$/i.test(path)
    ? 'session'
    : (/^\/v1\/([^/]+)/i.exec(path)?.[1]?.toLowerCase() ?? OTHER_PATHS);

/** The paths of no domain, and those that there are not. */
const OTHER_PATHS = '';

const DOMAINS: ReadonlySet<string> = new Set(Object.keys(contract.paths).map(toDomain));

const validators = new Map<string, RequestHandler>();

export const createContractValidator = (withResponses: boolean): RequestHandler =>
  withResponses ? Router().use(validateRequests, validateResponses) : validateRequests;

const validateRequests: RequestHandler = (request, response, next) => {
  const requested = toDomain(request.path);
  const domain = DOMAINS.has(requested) ? requested : OTHER_PATHS;
  const validate = validators.get(domain) ?? createRequestValidator(domain);
  validators.set(domain, validate);
  validate(request, response, next);
};

const createRequestValidator = (domain: string): RequestHandler =>
  createValidator(
    buildValidationDocument((path) => toDomain(path) === domain, 'requests'),
    {
      validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
      validateSecurity: { handlers: { caller: authorize as never } },
    },
  );
