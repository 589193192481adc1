/** How large and how deep a body may be. */
import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import { Fault, type FieldFault } from '../faults.ts';

const small = express.json({ limit: '256kb', strict: false, verify: requireUtf8 });
/** A whole state at once. */
const large = express.json({ limit: '4mb', strict: false, verify: requireUtf8 });

const DEEPEST = 32;

const isImport = ({ method, path }: Request): boolean =>
  method === 'POST' && /^\/v1\/programs\/[^/]+\/state\/import\/?$/i.test(path);

export const parseBody: RequestHandler = (request, response, next) =>
  (isImport(request) ? large : small)(request, response, next);

/** A document that is imported stands one level deeper in the body than what it was once written as. */
export const deepestOf = (request: Request): number => (isImport(request) ? DEEPEST + 1 : DEEPEST);

/** Looks at a body before it is decoded: a byte that is no UTF-8 would become U+FFFD without a word. */
function requireUtf8(_request: unknown, _response: unknown, body: Buffer): void {
  const field: FieldFault = { in: 'body', pointer: '', message: 'must be text in UTF-8' };
  if (!isUtf8(body)) throw new Fault('invalid-request', `body: ${field.message}`, {}, [field]);
}
