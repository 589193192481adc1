/** Every request has an id: in the answer's header X-Request-Id, in its log lines and in its problem's `instance`. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

export const assignRequestId: RequestHandler = (_request, response, next) => {
  response.set('X-Request-Id', randomUUID());
  next();
};

export const requestId = (response: Response): string => String(response.get('X-Request-Id'));
