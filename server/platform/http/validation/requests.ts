/** Requests, and answers where asked, are held to the contract by express-openapi-validator. */
import { type RequestHandler, Router } from 'express';
import { contract } from '../../contract.ts';
import { isLarge } from '../body.ts';
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

/** By domain. The second of each is for large bodies, of which the first thing wrong ends the check. */
const validators = { allErrors: new Map<string, RequestHandler>(), firstError: new Map<string, RequestHandler>() };

export const createContractValidator = (withResponses: boolean): RequestHandler =>
  withResponses ? Router().use(validateRequests, validateResponses) : validateRequests;

const validateRequests: RequestHandler = (request, response, next) => {
  const requested = toDomain(request.path);
  const domain = DOMAINS.has(requested) ? requested : OTHER_PATHS;
  const allErrors = !isLarge(request);
  const ofKind = allErrors ? validators.allErrors : validators.firstError;
  const validate = ofKind.get(domain) ?? createRequestValidator(domain, allErrors);
  ofKind.set(domain, validate);
  validate(request, response, next);
};

const createRequestValidator = (domain: string, allErrors: boolean): RequestHandler =>
  createValidator(
    buildValidationDocument((path) => toDomain(path) === domain, 'requests'),
    {
      validateRequests: { allErrors, allowUnknownQueryParameters: false },
      // Who may not call has been refused before the body was read (`requireCaller`).
      validateSecurity: false,
    },
  );
