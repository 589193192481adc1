/** What the validator must never see in its raw form. */
import type { Request } from 'express';
import { Fault } from '../faults.ts';
import type { SyncMiddleware } from './compose-middleware.ts';

/**
 * The validator compiles and keeps one check for each distinct Content-Type that it is shown, so a caller could fill the
 * memory with `application/json; v=1`, `v=2`, …: it is shown the bare media type only, and none where there is no body.
 */
export const normaliseContentType: SyncMiddleware = (request) => {
  const header = request.headers['content-type'];
  if (header === undefined) {
    // Where a body may be left away, one that nobody can parse must not count as none.
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
  if (type.trim() !== 'application/json') throw unsupportedMediaType(type.trim().slice(0, 80) || 'no media type');
  request.headers['content-type'] = 'application/json';
};

/** Nothing is inflated: some kB would become as many as the server has memory for. */
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

/** The validator knows GET only. Node leaves the body of an answer to HEAD away by itself. */
export const headAsGet: SyncMiddleware = (request) => {
  if (request.method === 'HEAD') {
    request.method = 'GET';
    headRequests.add(request);
  }
};

const headRequests = new WeakSet<Request>();

/** Whether the request came as HEAD: an answer without end must end then. */
export const isHead = (request: Request): boolean => headRequests.has(request);
