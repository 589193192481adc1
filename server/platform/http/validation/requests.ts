/**
 * Validates requests, and optionally responses, against the contract with express-openapi-validator; and rejects text and
 * numbers that some database would not return exactly as they were sent.
 */
import { type RequestHandler, Router } from 'express';
import { contract } from '../../contract.ts';
import { Fault, type FieldFault, invalidField } from '../../faults.ts';
import { getMaxDepth, stopsAtFirstError } from '../body.ts';
import type { SyncMiddleware } from '../express-overhead.ts';
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

/** The domain of the paths outside of /v1, and of unknown ones. */
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
      // Elsewhere are pages and probes, whose links and cache busters carry parameters of others.
      validateRequests: { allErrors, allowUnknownQueryParameters: domain === OTHER_PATHS },
      // `requireCaller` has checked it before the body was read.
      validateSecurity: false,
    },
  );

/**
 * Rejects query values that the validator accepts: it parses `limit=1e400` as Infinity, which passes every maximum, and
 * sees invalid UTF-8 only after it has become U+FFFD. Mount it after the validator, which converts the parameters.
 */
export const requireWellFormedQuery: SyncMiddleware = ({ query, url }) => {
  if (!url.includes('?')) return;
  for (const pair of url.slice(`${url}?`.indexOf('?') + 1).split('&')) {
    const [name = ''] = pair.split('=', 1);
    if (!isWellFormedEncoded(pair)) throw invalidField('query', `/${name}`, 'must be well-formed Unicode without NUL');
  }
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    if (isInfinite(value)) throw invalidField('query', `/${name}`, 'must be a finite number');
  }
};

/**
 * Rejects text that no UTF-8 column can hold, because a lone surrogate would silently be stored as U+FFFD. Also rejects NUL,
 * numbers too large for JSON (1e400 would be stored as null) and nesting deeper than the body's limit.
 */
export const requireWellFormedBody: SyncMiddleware = (request) => {
  const path: (string | number)[] = [];
  const message = findInvalidValue(request.body, getMaxDepth(request), path);
  if (message === null) return;
  const fault = createBodyFault(path.map(toPointerStep).reverse().join(''), message);
  throw new Fault('invalid-request', `${fault.pointer.slice(1) || 'body'}: ${fault.message}`, {}, [fault]);
};

/**
 * The error message of the first invalid part, or null; its path is pushed to `path`, innermost step first. Nothing is
 * allocated for a valid body, which most are, and which may be large.
 */
function findInvalidValue(value: unknown, levels: number, path: (string | number)[]): string | null {
  if (typeof value === 'string') return isWellFormed(value) ? null : 'must be well-formed Unicode without NUL';
  if (isInfinite(value)) return 'must be a finite number';
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return 'is nested too deeply';
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const message = findInvalidValue(value[index], levels - 1, path);
      if (message !== null) return addStep(path, index, message);
    }
    return null;
  }
  // Objects from JSON.parse inherit no enumerable properties.
  for (const name in value) {
    if (!isWellFormed(name)) return 'has a name that is not well-formed Unicode without NUL';
    const message = findInvalidValue((value as Record<string, unknown>)[name], levels - 1, path);
    if (message !== null) return addStep(path, name, message);
  }
  return null;
}

function addStep(path: (string | number)[], step: string | number, message: string): string {
  path.push(step);
  return message;
}

const toPointerStep = (step: string | number): string => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;

const isInfinite = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value);
const isWellFormed = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Whether percent-encoded text is well-formed after decoding. */
function isWellFormedEncoded(text: string): boolean {
  try {
    return isWellFormed(decodeURIComponent(text));
  } catch {
    return false;
  }
}

const createBodyFault = (pointer: string, message: string): FieldFault => ({
  in: 'body',
  pointer: pointer.slice(0, 400),
  message,
});
