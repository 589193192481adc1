/**
 * Request ids, the request log and the request metrics. The log has id, method, path, status, address, account and key
 * id, never headers, bodies or secrets. Metrics are labelled by operation, never by URL, because the number of URLs is unbounded.
 */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { principalOrUndefined } from './authentication.ts';
import { EVENT_STREAM } from './event-stream.ts';
import type { SyncMiddleware } from './express-overhead.ts';
import { findOperation } from './find-operation.ts';

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
export function toLogFields(request: Request, response: Response): object {
  const { method, originalUrl, ip: address } = request;
  const { accountId, keyId } = principalOrUndefined(request) ?? {};
  return { id: getRequestId(response), method, path: originalUrl.split('?', 1)[0], address, accountId, keyId };
}

const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Registers the request metrics, and returns the middleware that records them. */
export function measureRequests(metrics: Metrics): SyncMiddleware {
  const requests = metrics.counter({
    name: 'http_requests_total',
    help: 'Answered requests, by operation and status. A tool call counts as its operation, and once more as mcp.',
    labels: ['operation', 'status'],
  });
  const seconds = metrics.histogram(
    { name: 'http_request_duration_seconds', help: 'Time until the answer was sent.', labels: ['operation'] },
    DURATION_BUCKETS,
  );
  return (request, response) => {
    const startedAt = performance.now();
    const isStream = () => String(response.getHeader('Content-Type')).startsWith(EVENT_STREAM);
    // A stream's duration says nothing about the server's speed, and a stream may close without `finish`.
    response.once('close', () => {
      if (isStream()) requests.inc({ operation: toOperationLabel(request), status: '200' });
    });
    response.once('finish', () => {
      if (isStream()) return;
      const operation = toOperationLabel(request);
      requests.inc({ operation, status: String(response.statusCode) });
      seconds.observe({ operation }, (performance.now() - startedAt) / 1000);
    });
  };
}

const toOperationLabel = (request: Request): string =>
  findOperation(request)?.operationId ?? (/^\/mcp\/?(\?|$)/.test(request.originalUrl) ? 'mcp' : 'none');
