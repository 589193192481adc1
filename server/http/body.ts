/** How large and how deep a body may be. */
import express, { type Request, type RequestHandler } from 'express';

const small = express.json({ limit: '256kb', strict: false });
/** A whole state at once. */
const large = express.json({ limit: '4mb', strict: false });

const DEEPEST = 32;

const isImport = ({ method, path }: Request): boolean =>
  method === 'POST' && /^\/v1\/programs\/[^/]+\/state\/import\/?$/i.test(path);

export const parseBody: RequestHandler = (request, response, next) =>
  (isImport(request) ? large : small)(request, response, next);

/** A document that is imported stands one level deeper in the body than what it was once written as. */
export const deepestOf = (request: Request): number => (isImport(request) ? DEEPEST + 1 : DEEPEST);
