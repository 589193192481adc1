/** Validates requests, and optionally responses, against the contract with express-openapi-validator. */
import { type RequestHandler, Router } from 'express';
import { contract } from '../../contract.ts';
import { stopsAtFirstError } from '../body.ts';
import { createValidator } from './adapter.ts';
import { buildValidationDocument } from './document.ts';
import { validateResponses } from './responses.ts';

/**
 * The domain of a path; each domain gets a validator of its own, created on first use. The validator tries the paths one by
 * one and compiles each path's pattern again for every request, and its first request processes the whole document. Both are
 * cheap only with few paths. Single sessions, the target of every heartbeat, are therefore a domain by themselves.
 */
const toDomain = (path: string): string =>
  /^\/v1\/sessions\/[^/]+\/?$/i.test(path)
    ? 'session'
    : (/^\/v1\/([^/]+)/i.exec(path)?.[1]?.toLowerCase() ?? OTHER_PATHS);

/** The domain of all other paths, and of unknown ones. */
const OTHER_PATHS = '';

const DOMAINS: ReadonlySet<string> = new Set(Object.keys(contract.paths).map(toDomain));

/** Validators by domain: those that report all errors, and those for large bodies, which stop at the first. */
const validators = { allErrors: new Map<string, RequestHandler>(), firstError: new Map<string, RequestHandler>() };

/** The middleware that validates requests and, `withResponses`, responses too. */
export const createContractValidator = (withResponses: boolean): RequestHandler =>
  withResponses ? Router().use(validateRequests, validateResponses) : validateRequests;

const validateRequests: RequestHandler = (request, response, next) => {
  const requested = toDomain(request.path);
  const domain = DOMAINS.has(requested) ? requested : OTHER_PATHS;
  const allErrors = !stopsAtFirstError(request);
  const cache = allErrors ? validators.allErrors : validators.firstError;
  const validate = cache.get(domain) ?? createRequestValidator(domain, allErrors);
  cache.set(domain, validate);
  validate(request, response, next);
};

const createRequestValidator = (domain: string, allErrors: boolean): RequestHandler =>
  createValidator(
    buildValidationDocument((path) => toDomain(path) === domain, 'requests'),
    {
      validateRequests: { allErrors, allowUnknownQueryParameters: false },
      // `requireCaller` has checked it before the body was read.
      validateSecurity: false,
    },
  );
