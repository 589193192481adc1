/** Turns every error into a problem document (RFC 9457). The only place that maps a fault's kind to its status. */
import type { ErrorRequestHandler, Request, Response } from 'express';
import { PROBLEMS } from '../../../openapi/generated/problems.ts';
import type { components } from '../../../openapi/generated/types.ts';
import { Fault, type FaultKind, type FieldFault } from '../faults.ts';
import type { Log } from '../log.ts';
import { setPageHeaders } from './browser-security.ts';
import { getRequestId, toLogFields } from './request-telemetry.ts';

const RETRY_AFTER_SECONDS = 2;
const MAX_FIELDS = 20;
const MAX_DETAIL_LENGTH = 2_000;
const MAX_FIELD_LENGTH = 500;

/** Renders a problem for a person in a browser; `path` is that of the request. */
export type RenderProblem = (problem: components['schemas']['Problem'], remedy: string, path: string) => string;

/**
 * The error handler of all routes. Every 5xx, which includes unexpected errors, is logged with the request's id. A browser that
 * opens an address gets a page; every other client gets the problem document.
 */
export const handleErrors =
  (log: Log, renderPage: RenderProblem): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const fault = toFault(error);
    if (PROBLEMS[fault.kind].status >= 500) {
      log.error({ req: toLogFields(request, response), err: fault.cause ?? error }, fault.detail);
    }
    if (response.headersSent) return next(error);
    const headers = fault.kind === 'method-not-allowed' ? (error as HttpErrorLike).headers : {};
    if (request.method === 'PATCH' || headers?.['Allow']?.includes('PATCH')) setAcceptPatch(response, fault);
    sendProblem(
      response,
      fault,
      headers,
      isPageRequest(request) ? (problem, remedy) => renderPage(problem, remedy, request.path) : null,
    );
  };

/** Browsers prefer HTML when they open an address, and for nothing that a script of theirs fetches. */
const isPageRequest = (request: Request): boolean =>
  ['GET', 'HEAD'].includes(request.method) && request.accepts(['json', 'html']) === 'html';

/** Tells the media types of PATCH (RFC 5789, 3.1) to whoever sent another one, or asks what is allowed. */
function setAcceptPatch(response: Response, { kind }: Fault): void {
  if (kind === 'unsupported-media-type' || kind === 'method-not-allowed')
    response.set('Accept-Patch', 'application/merge-patch+json, application/json');
}

function sendProblem(
  response: Response,
  fault: Fault,
  headers: HttpErrorLike['headers'] = {},
  render: ((problem: components['schemas']['Problem'], remedy: string) => string) | null = null,
): void {
  const problem = toProblem(fault, getRequestId(response));
  // /mcp has set one that says where tokens come from.
  if (fault.kind === 'unauthenticated' && !response.hasHeader('WWW-Authenticate'))
    response.set('WWW-Authenticate', 'Bearer realm="fleetbeat"');
  if (problem.retryAfterSeconds !== undefined) response.set('Retry-After', String(problem.retryAfterSeconds));
  // Errors may say who asked for what, and no cache may answer for a server that works again.
  response.set('Cache-Control', 'no-store');
  response.status(problem.status).set(headers).vary('Accept');
  if (render === null) return void response.type('application/problem+json').send(JSON.stringify(problem));
  setPageHeaders(response);
  response.type('html').send(render(problem, PROBLEMS[fault.kind].remedy));
}

/** The problem document of a fault; `instance` is the request's id. */
export function toProblem(
  { kind, detail, extensions, fields }: Fault,
  instance: string,
): components['schemas']['Problem'] {
  const { status, title } = PROBLEMS[kind];
  // Pointers contain the caller's own field names, which can have any length.
  const errors = fields.slice(0, MAX_FIELDS).map((field) => ({
    ...field,
    pointer: `#${field.pointer}`.slice(0, MAX_FIELD_LENGTH),
    message: field.message.slice(0, MAX_FIELD_LENGTH),
  }));
  const base = {
    type: `/problems/${kind}` as const,
    title,
    status,
    detail: detail.slice(0, MAX_DETAIL_LENGTH),
    instance,
  };
  const retry = kind === 'unavailable' && { retryAfterSeconds: RETRY_AFTER_SECONDS };
  return { ...base, ...retry, ...extensions, ...(errors.length > 0 && { errors }) };
}

/** The errors that the validator and Express throw, as far as they are read here. */
interface HttpErrorLike {
  readonly status?: number;
  readonly statusCode?: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly { readonly path?: string; readonly message?: string }[];
}

/** Converts anything thrown to a fault; unknown errors become `internal-error`. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as HttpErrorLike;
  const status = thrown.status ?? thrown.statusCode ?? 500;
  const createFault = (kind: FaultKind, detail: string, fields: readonly FieldFault[] = []) =>
    new Fault(kind, detail, {}, fields, error);
  switch (status) {
    case 400:
      return toInvalidRequest(thrown, createFault);
    case 401:
      return createFault('unauthenticated', UNAUTHENTICATED);
    case 403:
      return createFault('forbidden', thrown.message ?? 'The key may not do this.');
    case 404:
      return createFault('route-not-found', 'No operation has this path. See /docs for every path.');
    case 405:
      return createFault(
        'method-not-allowed',
        'The path exists but not with this method. The header Allow names the methods.',
      );
    case 415:
      return createFault('unsupported-media-type', 'Send the body as Content-Type: application/json, in UTF-8.');
    default:
      return createFault('internal-error', "The server failed. Its log has the cause under this request's id.");
  }
}

const UNAUTHENTICATED =
  'Send a key as Authorization: Bearer fb_<keyId>_<secret>. It may be missing, mistyped, expired or revoked.';

function toInvalidRequest(
  thrown: HttpErrorLike,
  createFault: (kind: FaultKind, detail: string, fields?: readonly FieldFault[]) => Fault,
): Fault {
  // Of a condition between fields, the fields that break it are reported, too.
  const fields = (thrown.errors ?? []).filter(({ message }) => !message?.endsWith('" schema')).map(toFieldFault);
  const messages = fields.map(({ pointer, message }) => `${pointer.slice(1) || 'body'}: ${message}`);
  return createFault('invalid-request', messages.join('; ') || thrown.message || 'The request is not valid.', fields);
}

const FIELD_LOCATIONS: Readonly<Record<string, FieldFault['in']>> = {
  body: 'body',
  query: 'query',
  params: 'path',
  headers: 'header',
};

/** Converts the validator's paths: /body/a/b, /query/a, /params/a or /headers/a. */
function toFieldFault({ path = '/body', message = 'is not valid' }: { path?: string; message?: string }): FieldFault {
  const [, location = 'body', ...rest] = path.split('/');
  const pointer = rest.map((step) => `/${step}`).join('');
  const isForbidden = message === 'boolean schema is false';
  return { in: FIELD_LOCATIONS[location] ?? 'body', pointer, message: isForbidden ? 'must be left out here' : message };
}
