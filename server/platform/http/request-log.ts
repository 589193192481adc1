/** The id of each request, and its line in the log: id, method, path, status. Never a header, a body or a key. */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Log } from '../log.ts';
import type { SyncMiddleware } from './compose-middleware.ts';

/** Every request has an id: in the response header X-Request-Id, in its log lines and in the `instance` of its problem. */
export const assignRequestId: SyncMiddleware = (_request, response) =>
  void response.setHeader('X-Request-Id', randomUUID());

export const getRequestId = (response: Response): string => String(response.get('X-Request-Id'));

/**
 * Heartbeats are many and healthy: what went well is told only when asked for, and costs nothing until then (a logger for
 * each request, as pino-http makes it, took a twentieth of a heartbeat's time).
 */
export const logRequests =
  (log: Log): SyncMiddleware =>
  (request, response) => {
    const startedAt = performance.now();
    const writeEntry = () => {
      response.off('finish', writeEntry).off('close', writeEntry);
      const { statusCode: status } = response;
      const level = status >= 500 ? 'error' : status >= 400 ? 'info' : 'debug';
      if (!log.isLevelEnabled(level)) return;
      const responseTime = Math.round(performance.now() - startedAt);
      const ended = response.writableFinished ? {} : { aborted: true };
      log[level]({ req: toLogFields(request, response), res: { status }, responseTime, ...ended }, 'request');
    };
    // A caller that goes away ends its request without `finish`, one from within the process without `close`.
    response.on('finish', writeEntry).on('close', writeEntry);
  };

/** What the log tells of a request. Its query may hold what is nobody else's business. */
export const toLogFields = ({ method, originalUrl }: Request, response: Response): object => ({
  id: getRequestId(response),
  method,
  path: originalUrl.split('?', 1)[0],
});
