/** Request ids and the request log: id, method, path, status. Never headers, bodies or keys. */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Log } from '../log.ts';
import type { SyncMiddleware } from './compose-middleware.ts';

/** Every request has an id: in the response header X-Request-Id, in its log lines and in the `instance` of its problem. */
export const assignRequestId: SyncMiddleware = (_request, response) =>
  void response.setHeader('X-Request-Id', randomUUID());

/** The id that `assignRequestId` has set. */
export const getRequestId = (response: Response): string => String(response.get('X-Request-Id'));

/**
 * Logs every request when it ends. Successful requests, mostly heartbeats, are logged at debug level and cost almost nothing
 * while that is off. pino-http creates a logger for each request, which took a twentieth of a heartbeat's time.
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
    // A client that disconnects causes no `finish`; a request within this process causes no `close`.
    response.on('finish', writeEntry).on('close', writeEntry);
  };

/** The logged fields of a request. The query is omitted, because it may hold private data. */
export const toLogFields = ({ method, originalUrl }: Request, response: Response): object => ({
  id: getRequestId(response),
  method,
  path: originalUrl.split('?', 1)[0],
});
