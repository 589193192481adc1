/** Requests, and answers where asked, are held to the contract by express-openapi-validator. */
import { type RequestHandler, Router } from 'express';
import { contract } from '../contract.ts';
import { checkAnswers } from './check-answers.ts';
import { mayCall } from './security.ts';
import { validatedDocument } from './validated-document.ts';
import { validating } from './validating.ts';

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

const made = new Map<string, RequestHandler>();

export const validator = (withAnswers: boolean): RequestHandler =>
  withAnswers ? Router().use(checkRequests, checkAnswers) : checkRequests;

const checkRequests: RequestHandler = (request, response, next) => {
  const named = domainOf(request.path);
  const domain = DOMAINS.has(named) ? named : REST;
  const validate = made.get(domain) ?? requestsOf(domain);
  made.set(domain, validate);
  validate(request, response, next);
};

const requestsOf = (domain: string): RequestHandler =>
  validating(
    validatedDocument((path) => domainOf(path) === domain, 'requests'),
    {
      validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
      validateSecurity: { handlers: { caller: mayCall as never } },
    },
  );
