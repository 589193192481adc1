/** Every request has an id: in the answer's header X-Request-Id, in its log lines and in its problem's `instance`. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { SyncMiddleware } from './compose-middleware.ts';

export const assignRequestId: SyncMiddleware = (_request, response) =>
  void response.setHeader('X-Request-Id', randomUUID());

export const getRequestId = (response: Response): string => String(response.get('X-Request-Id'));
