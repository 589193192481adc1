/** Parses JSON bodies, with limits on size, nesting depth and number of values. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler } from 'express';
import { Fault, type FieldFault } from '../faults.ts';
import { type BodyShape, measureShape } from './body-shape.ts';
import { findOperation } from './find-operation.ts';
import { readBody } from './read-body.ts';

const KB = 1024;
/** Unauthenticated operations take small bodies only, such as a key or a sign-in link. */
const MAX_KEYLESS_BYTES = 16 * KB;
export const MAX_SMALL_BYTES = 256 * KB;
/** For importState, whose body is a whole program state. */
export const MAX_IMPORT_BYTES = 4 * KB * KB;

const MAX_DEPTH = 32;
/**
 * More than any valid program state needs: a section of 256 kB has at most 175,000 marks, and a thousand patterns have
 * 13,000. Without this limit 4 MB of empty arrays, which are millions, would take 20 times that in memory. The depth leaves
 * room for an MCP message around a body of maximum depth.
 */
export const MAX_BODY_SHAPE: BodyShape = { marks: 200_000, depth: MAX_DEPTH + 8 };

/**
 * Only for bodies up to this shape are all invalid fields reported; for larger ones, the first. An empty object lacks a
 * dozen fields, so 4 kB of them could have 15,000 errors, which would take 80 MB.
 */
const ALL_ERRORS_UP_TO = { bytes: 16 * KB, marks: 200, depth: MAX_BODY_SHAPE.depth };

const isExpensiveToValidate = (body: Buffer, { marks }: BodyShape): boolean =>
  body.length > ALL_ERRORS_UP_TO.bytes || marks > ALL_ERRORS_UP_TO.marks;

const isImport = (request: Request): boolean => findOperation(request)?.operationId === 'importState';

/** Bodies of requests within this process: already complete and decoded. */
const internalBodies = new WeakMap<IncomingMessage, string>();
const expensiveBodies = new WeakSet<IncomingMessage>();

/** Whether validation should stop at the first error, because reporting every invalid field would cost too much. */
export const stopsAtFirstError = (request: IncomingMessage): boolean => expensiveBodies.has(request);

/** Sets the JSON body of a request within this process. False if it is too large: then send it as a stream with limits. */
export function setInternalBody(request: IncomingMessage, json: string): boolean {
  const body = Buffer.from(json);
  if (body.length > MAX_SMALL_BYTES) return false;
  if (isExpensiveToValidate(body, measureShape(body, ALL_ERRORS_UP_TO))) expensiveBodies.add(request);
  internalBodies.set(request, json);
  return true;
}

/** Parses the body into `request.body`. Mount it after authorization: bodies of unauthorized callers must not be read. */
export const parseBody: RequestHandler = (request, _response, next) => {
  const json = internalBodies.get(request);
  if (json !== undefined) {
    request.body = JSON.parse(json);
    return next();
  }
  const operation = findOperation(request);
  // Without an operation the body is ignored. A body without a media type was rejected by `normaliseContentType`.
  if (!operation || request.headers['content-type'] === undefined) return next();
  const maxBytes =
    operation.operationId === 'importState' ? MAX_IMPORT_BYTES : operation.roles ? MAX_SMALL_BYTES : MAX_KEYLESS_BYTES;
  return readAndParse(request, maxBytes, next);
};

async function readAndParse(request: Request, maxBytes: number, next: NextFunction): Promise<void> {
  const body = await readBody(request, maxBytes);
  if (body === null) return;
  // Decoding would silently replace invalid UTF-8 by U+FFFD.
  if (!isUtf8(body)) throw invalidBody('must be text in UTF-8');
  const shape = measureShape(body, MAX_BODY_SHAPE);
  if (isExpensiveToValidate(body, shape)) expensiveBodies.add(request);
  requireShapeWithinLimits(shape);
  // An empty body counts as an empty object, as in Express.
  request.body = body.length === 0 ? {} : parseJson(body);
  next();
}

/** Throws `invalid-request` for a body with more values or deeper nesting than any operation accepts. */
export function requireShapeWithinLimits({ marks, depth }: BodyShape): void {
  if (marks > MAX_BODY_SHAPE.marks) throw invalidBody('has too many values');
  if (depth > MAX_BODY_SHAPE.depth) throw invalidBody('is nested too deeply');
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8', skipByteOrderMark(body)));
  } catch {
    throw invalidBody('must be valid JSON', 'The body is not valid JSON.');
  }
}

function invalidBody(message: string, detail = `body: ${message}`): Fault {
  const field: FieldFault = { in: 'body', pointer: '', message };
  return new Fault('invalid-request', detail, {}, [field]);
}

/** The offset after a byte order mark, which RFC 8259, section 8.1, lets a parser ignore. */
const skipByteOrderMark = (body: Buffer): number => (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0);

/** The maximum nesting of this request's body. An import wraps the document, so it gets one level more than other writes. */
export const getMaxDepth = (request: Request): number => (isImport(request) ? MAX_DEPTH + 1 : MAX_DEPTH);
