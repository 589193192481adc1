/** Normalises requests before the validator sees them, and rejects what it would mishandle. */
import type { Request } from 'express';
import { operations } from '../contract.ts';
import { Fault, invalidField } from '../faults.ts';
import type { SyncMiddleware } from './express-overhead.ts';
import { findOperation } from './find-operation.ts';

/**
 * Reduces Content-Type to the bare media type, and removes it where there is no body. The validator compiles and caches one
 * check for each distinct Content-Type, so a caller could exhaust memory with `application/json; v=1`, `v=2`, ….
 */
export const normaliseContentType: SyncMiddleware = (request) => {
  const header = request.headers['content-type'];
  if (header === undefined) {
    // With an optional body, one without a media type must not be treated as absent.
    if (hasBody(request) && request.headers['content-length'] !== '0') throw unsupportedMediaType('no media type');
    return;
  }
  if (!hasBody(request)) {
    delete request.headers['content-type'];
    return;
  }
  const [type = '', ...parameters] = header.toLowerCase().split(';');
  const charset = parameters.map((each) => each.trim().split('=')).find(([name]) => name === 'charset')?.[1];
  if (charset !== undefined && !/^"?utf-?8"?$/.test(charset))
    throw unsupportedMediaType(`the charset ${charset.slice(0, 40)}`);
  if (!isJson(type.trim(), request.method)) throw unsupportedMediaType(type.trim().slice(0, 80) || 'no media type');
  request.headers['content-type'] = 'application/json';
};

/** RFC 7396 is what every PATCH here does; its media type is handled as JSON. */
const isJson = (type: string, method: string): boolean =>
  type === 'application/json' || (method === 'PATCH' && type === 'application/merge-patch+json');

/** Rejects compressed bodies: a few kB could inflate to more than the server's memory. */
export const refuseEncodedBody: SyncMiddleware = (request) => {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding.trim().toLowerCase() === 'identity' || !hasBody(request)) return;
  throw new Fault(
    'unsupported-media-type',
    `Send the body as it is, without Content-Encoding. This one has ${encoding.slice(0, 40)}.`,
  );
};

const hasBody = ({ method, headers }: Request): boolean =>
  !['GET', 'HEAD', 'DELETE'].includes(method) &&
  (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined);

const unsupportedMediaType = (sent: string): Fault =>
  new Fault(
    'unsupported-media-type',
    `Send the body as Content-Type: application/json, in UTF-8. This one has ${sent}.`,
  );

/** Handles HEAD as GET, because the contract has no HEAD operations. Node omits the response body by itself. */
export const headAsGet: SyncMiddleware = (request) => {
  if (request.method === 'HEAD') {
    request.method = 'GET';
    headRequests.add(request);
  }
};

const headRequests = new WeakSet<Request>();

/** Whether the request was a HEAD request, whose stream must end at once. */
export const isHead = (request: Request): boolean => headRequests.has(request);

/** `if-modified-since` is absent: it saves a transfer and protects nothing, so ignoring it is correct (RFC 9110, 13.1.3). */
const PRECONDITIONS = ['if-match', 'if-none-match', 'if-unmodified-since'];
/** A read takes effect no more than once anyway, so there an idempotency key is honoured by doing nothing. */
const CONDITIONS_OF_WRITES = [...PRECONDITIONS, 'idempotency-key'];

/** The header parameters of each operation, in lower case. */
const supported = new Map(
  operations.map(({ operationId, parameters }) => [
    operationId,
    new Set(parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name.toLowerCase())),
  ]),
);

/**
 * Rejects preconditions and idempotency keys that an operation of the API does not honour: a caller who asks for protection
 * must not believe that it has it.
 */
export const refuseUnsupportedConditions: SyncMiddleware = (request) => {
  const { headers, method } = request;
  for (const name of method === 'GET' ? PRECONDITIONS : CONDITIONS_OF_WRITES) {
    if (headers[name] === undefined || !/^\/v1\//i.test(request.path)) continue;
    const operation = findOperation(request);
    if (!operation || supported.get(operation.operationId)?.has(name)) continue;
    throw invalidField('header', `/${name}`, 'is not supported by this operation. Leave it out');
  }
};
