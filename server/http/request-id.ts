/** Every request has an id: in the answer's header X-Request-Id, in its log lines and in its problem's `instance`. */
import type { RequestHandler, Response } from 'express';
import { v7 as timeOrderedId } from 'uuid';

export const assignRequestId: RequestHandler = (request, response, next) => {
  const id = timeOrderedId();
  request.id = id;
  response.set('X-Request-Id', id);
  next();
};

export const requestId = (response: Response): string => String(response.get('X-Request-Id'));
