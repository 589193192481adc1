/** Reads and parses JSON bodies, with limits on size, nesting depth and number of values. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler } from 'express';
import { operations } from '../contract.ts';
import { isExactNumber } from '../exact-number.ts';
import { bodyTooLarge, inexactNumber, invalidBody, requireObject, tooLongNumber } from './body-faults.ts';
import type { SyncMiddleware } from './express-overhead.ts';
import { findOperation } from './find-operation.ts';
import { countLargestMarks } from './largest-body.ts';

export interface BodyShape {
  /** Commas, arrays and objects outside strings. The text has at most one value more than that. */
  readonly marks: number;
  /** Nesting depth of arrays and objects. */
  readonly depth: number;
}

const KB = 1024;
/** Unauthenticated operations take small bodies only, such as a key or the code of an invitation. */
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

/**
 * The marks of the largest body that the operation accepts, and enough for a body that is told all that is wrong with it:
 * parsing 25,000 fields that no schema has takes longer than all other work of a request.
 */
const getMaxMarks = (operationId: string): number =>
  Math.min(MAX_BODY_SHAPE.marks, Math.max(ALL_ERRORS_UP_TO.marks, largestMarks.get(operationId) ?? 0));

const largestMarks: ReadonlyMap<string, number> = new Map(
  operations.flatMap(({ operationId, body }) => (body ? [[operationId, countLargestMarks(body.schema)]] : [])),
);

const isExpensiveToValidate = (body: Buffer, { marks }: BodyShape): boolean =>
  body.length > ALL_ERRORS_UP_TO.bytes || marks > ALL_ERRORS_UP_TO.marks;

const isImport = (request: Request): boolean => findOperation(request)?.operationId === 'importState';

/** Bodies of requests within this process: already complete and decoded. */
const internalBodies = new WeakMap<IncomingMessage, string>();
/** A key may be revoked while a body arrives, and is found valid for a second. */
export const SLOW_MS = 1_000;
const slowBodies = new WeakSet<IncomingMessage>();
/** Whether the body took so long that its caller must be authenticated again. */
export const hadSlowBody = (request: IncomingMessage): boolean => slowBodies.has(request);

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
  return readAndParse(request, maxBytes, getMaxMarks(operation.operationId), next);
};

async function readAndParse(request: Request, maxBytes: number, maxMarks: number, next: NextFunction): Promise<void> {
  const startedAt = performance.now();
  const body = await readBody(request, maxBytes);
  if (body === null) return;
  if (performance.now() - startedAt > SLOW_MS) slowBodies.add(request);
  // Decoding would silently replace invalid UTF-8 by U+FFFD.
  if (!isUtf8(body)) throw invalidBody('must be text in UTF-8');
  const limit = { ...MAX_BODY_SHAPE, marks: maxMarks };
  const shape = measureShape(body, limit);
  if (isExpensiveToValidate(body, shape)) {
    expensiveBodies.add(request);
    requireObject(body, skipByteOrderMark(body));
  }
  requireShapeWithinLimits(shape, limit);
  const unfit = findUnfitNumber(body);
  if (unfit !== null) {
    // At once, and not when the field is known: the parser would read the whole of it.
    if (unfit.length > MAX_NUMBER_LENGTH) throw tooLongNumber(MAX_NUMBER_LENGTH);
    inexactNumbers.set(request, unfit);
  }
  // An empty body counts as an empty object, as in Express.
  request.body = body.length === 0 ? {} : parseJson(body);
  next();
}

/** Throws `invalid-request` for a body with more values or deeper nesting than any operation accepts. */
export function requireShapeWithinLimits({ marks, depth }: BodyShape, limit = MAX_BODY_SHAPE): void {
  if (marks > limit.marks) throw invalidBody('has too many values');
  if (depth > limit.depth) throw invalidBody('is nested too deeply');
}

const inexactNumbers = new WeakMap<IncomingMessage, string>();

/**
 * Rejects a body with a number that would not read back exactly: it would be stored as another one. Mount it after the
 * validator, which names the field where its schema has a maximum.
 */
export const requireExactNumbers: SyncMiddleware = (request) => {
  const number = inexactNumbers.get(request);
  if (number !== undefined) throw inexactNumber(number);
};

/** The same for a body that is not a request's own. */
export function requireExactNumbersIn(body: Buffer): void {
  const number = findUnfitNumber(body);
  if (number === null) return;
  throw number.length > MAX_NUMBER_LENGTH ? tooLongNumber(MAX_NUMBER_LENGTH) : inexactNumber(number);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8', skipByteOrderMark(body)));
  } catch {
    throw invalidBody('must be valid JSON', 'The body is not valid JSON.');
  }
}

/** The offset after a byte order mark, which RFC 8259, section 8.1, lets a parser ignore. */
const skipByteOrderMark = (body: Buffer): number => (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0);

/** The maximum nesting of this request's body. An import wraps the document, so it gets one level more than other writes. */
export const getMaxDepth = (request: Request): number => (isImport(request) ? MAX_DEPTH + 1 : MAX_DEPTH);

/**
 * Resolves with the whole body, or with null when the client disconnected before its end; such a request must not be
 * processed. Express's parser (`body-parser`) would continue without the body then, and also after a mere half-close.
 * Rejects with `body-too-large` as soon as the limit is exceeded; Node discards the rest as it arrives.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const rejectAsTooLarge = () => reject(bodyTooLarge(maxBytes));
    if (Number(request.headers['content-length']) > maxBytes) return rejectAsTooLarge();
    if (request.destroyed) return resolve(null);
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= maxBytes) return;
      chunks.length = 0;
      request.off('data', onData).resume();
      rejectAsTooLarge();
    };
    request.on('data', onData);
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
  });
}

// The shape is estimated from the bytes of the text, before it is parsed.

const [QUOTE, BACKSLASH, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...Buffer.from('"\\,[]{}')];

/** Most strings are short, and a loop is fastest. Beyond this many bytes `indexOf` finds the next quote faster. */
const LOOP_BYTES = 64;

/** Stops as soon as a limit is exceeded, so the result may be lower than the whole text's shape. */
export function measureShape(json: Buffer, limit: BodyShape): BodyShape {
  let [marks, depth, level] = [0, 0, 0];
  for (let at = 0; at < json.length && marks <= limit.marks && depth <= limit.depth; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = findStringEnd(json, at + 1);
    else if (byte === COMMA) marks += 1;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      marks += 1;
      level += 1;
      if (level > depth) depth = level;
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) level -= 1;
  }
  return { marks, depth };
}

/** The index of the quote that closes the string; the length of `json` if it is never closed. */
function findStringEnd(json: Buffer, start: number): number {
  for (let at = start; ; ) {
    for (const end = at + LOOP_BYTES; at < end; at += 1) {
      if (json[at] === QUOTE || at >= json.length) return at;
      if (json[at] === BACKSLASH) at += 1;
    }
    const quote = json.indexOf(QUOTE as number, at);
    if (quote < 0) return json.length;
    if (!isEscaped(json, at, quote)) return quote;
    at = quote + 1;
  }
}

/** Whether an odd number of backslashes, none of them before `start`, precedes `index`. */
function isEscaped(json: Buffer, start: number, index: number): boolean {
  let first = index;
  while (first > start && json[first - 1] === BACKSLASH) first -= 1;
  return (index - first) % 2 === 1;
}

/** Of a number's text. Reading one takes time that grows with its length. */
const MAX_NUMBER_LENGTH = 400;

const NUMBER_BYTES: ReadonlySet<number> = new Set(Buffer.from('0123456789+-.eE'));
const [MINUS, ZERO, NINE] = [...Buffer.from('-09')] as [number, number, number];

/** The first number that would be read as another one, or the start of one that is too long; null when there is none. */
export function findUnfitNumber(json: Buffer): string | null {
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] as number;
    if (byte === QUOTE) at = findStringEnd(json, at + 1);
    else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) {
      const start = at;
      while (NUMBER_BYTES.has(json[at + 1] as number) && at - start < MAX_NUMBER_LENGTH) at += 1;
      const text = json.toString('latin1', start, at + 1);
      if (text.length > MAX_NUMBER_LENGTH) return text;
      if (!isCertainlyExact(text) && !isExactNumber(text)) return text;
    }
  }
  return null;
}

/** Every decimal of up to 15 digits reads back as it was (IEEE 754 binary64). */
const isCertainlyExact = (text: string): boolean => text.length <= 15 && !/e/i.test(text);
