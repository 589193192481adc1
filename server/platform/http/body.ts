/** How large and how deep a body may be. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler } from 'express';
import { Fault, type FieldFault } from '../faults.ts';

const MAX_SMALL_BYTES = 256 * 1024;
const parseSmall = express.json({ limit: MAX_SMALL_BYTES, strict: false, verify: requireUtf8 });
/** A whole state at once. */
const parseLarge = express.json({ limit: '4mb', strict: false, verify: requireUtf8 });

const MAX_DEPTH = 32;

const isImport = ({ method, path }: Request): boolean =>
  method === 'POST' && /^\/v1\/programs\/[^/]+\/state\/import\/?$/i.test(path);

/** Bodies of requests within the process, which are whole and of which no byte has to be decoded. */
const internalBodies = new WeakMap<IncomingMessage, string>();

/** Gives a request its body as JSON. False for one that is not small: it is to be sent, and measured on the way. */
export function setInternalBody(request: IncomingMessage, json: string): boolean {
  const isSmall = Buffer.byteLength(json) <= MAX_SMALL_BYTES;
  if (isSmall) internalBodies.set(request, json);
  return isSmall;
}

export const parseBody: RequestHandler = (request, response, next) => {
  const json = internalBodies.get(request);
  if (json === undefined) return (isImport(request) ? parseLarge : parseSmall)(request, response, next);
  request.body = JSON.parse(json);
  next();
};

/** A document that is imported stands one level deeper in the body than what it was once written as. */
export const getMaxDepth = (request: Request): number => (isImport(request) ? MAX_DEPTH + 1 : MAX_DEPTH);

/** Looks at a body before it is decoded: a byte that is no UTF-8 would become U+FFFD without a word. */
function requireUtf8(_request: unknown, _response: unknown, body: Buffer): void {
  const field: FieldFault = { in: 'body', pointer: '', message: 'must be text in UTF-8' };
  if (!isUtf8(body)) throw new Fault('invalid-request', `body: ${field.message}`, {}, [field]);
}
