/** The body of a request as JSON: how large, how deep and in how many parts it may be. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler } from 'express';
import { Fault, type FieldFault } from '../faults.ts';
import { type BodyShape, measureShape } from './body-shape.ts';
import { findOperation } from './find-operation.ts';
import { readBody } from './read-body.ts';

const KB = 1024;
/** Without a key nobody has much to say: a key or a link to sign in with. */
const MAX_KEYLESS_BYTES = 16 * KB;
export const MAX_SMALL_BYTES = 256 * KB;
/** A whole state at once. */
export const MAX_IMPORT_BYTES = 4 * KB * KB;

const MAX_DEPTH = 32;
/**
 * More than any state that may be stored: a section has 256 kB, so at most 175,000 of the marks that are counted, and a
 * thousand patterns have 13,000. Millions of empty lists would fit into 4 MB, and take 20 times that in memory. The depth is
 * that of a message of MCP around a body that is as deep as it may be.
 */
export const MAX_BODY_SHAPE: BodyShape = { marks: 200_000, depth: MAX_DEPTH + 8 };

/**
 * Larger bodies are told the first field that is wrong, not all of them: an empty object lacks a dozen fields, so 4 kB of
 * such could have 15,000 faults, and take 80 MB.
 */
const ALL_ERRORS_UP_TO = { bytes: 16 * KB, marks: 200, depth: MAX_BODY_SHAPE.depth };

const isHardToJudge = (body: Buffer, { marks }: BodyShape): boolean =>
  body.length > ALL_ERRORS_UP_TO.bytes || marks > ALL_ERRORS_UP_TO.marks;

const isImport = (request: Request): boolean => findOperation(request)?.operationId === 'importState';

/** Bodies of requests within the process, which are whole and of which no byte has to be decoded. */
const internalBodies = new WeakMap<IncomingMessage, string>();
const largeBodies = new WeakSet<IncomingMessage>();

/** Whether a body is too large to be told of every field that is wrong. */
export const isLarge = (request: IncomingMessage): boolean => largeBodies.has(request);

/** Gives a request its body as JSON. False for one that is not small: it is to be sent, and measured on the way. */
export function setInternalBody(request: IncomingMessage, json: string): boolean {
  const body = Buffer.from(json);
  if (body.length > MAX_SMALL_BYTES) return false;
  if (isHardToJudge(body, measureShape(body, ALL_ERRORS_UP_TO))) largeBodies.add(request);
  internalBodies.set(request, json);
  return true;
}

/** To be called when it is known that the sender may call: of the body of anybody else nothing is read. */
export const parseBody: RequestHandler = (request, _response, next) => {
  const json = internalBodies.get(request);
  if (json !== undefined) {
    request.body = JSON.parse(json);
    return next();
  }
  const operation = findOperation(request);
  // Where no operation is there is nothing to be said either. A body of no media type has been refused before.
  if (!operation || request.headers['content-type'] === undefined) return next();
  const most =
    operation.operationId === 'importState' ? MAX_IMPORT_BYTES : operation.roles ? MAX_SMALL_BYTES : MAX_KEYLESS_BYTES;
  return parseWhole(request, most, next);
};

async function parseWhole(request: Request, most: number, next: NextFunction): Promise<void> {
  const body = await readBody(request, most);
  if (body === null) return;
  // A byte that is no UTF-8 would become U+FFFD without a word.
  if (!isUtf8(body)) throw invalidBody('must be text in UTF-8');
  const shape = measureShape(body, MAX_BODY_SHAPE);
  if (isHardToJudge(body, shape)) largeBodies.add(request);
  requireBounded(shape);
  // An empty one is an object without fields, as Express has it.
  request.body = body.length === 0 ? {} : parseJson(body);
  next();
}

/** Throws for JSON of which more would be made than any operation takes. */
export function requireBounded({ marks, depth }: BodyShape): void {
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

/** Behind a byte order mark (RFC 8259, section 8.1: a parser may ignore it). */
const skipByteOrderMark = (body: Buffer): number => (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0);

/** A document that is imported stands one level deeper in the body than what it was once written as. */
export const getMaxDepth = (request: Request): number => (isImport(request) ? MAX_DEPTH + 1 : MAX_DEPTH);
