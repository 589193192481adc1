/** Counts and times requests by operation. URLs are never labels, because their number is unbounded. */
import type { Request } from 'express';
import type { Metrics } from '../metrics/metrics.ts';
import type { SyncMiddleware } from './compose-middleware.ts';
import { EVENT_STREAM } from './event-stream.ts';
import { findOperation } from './find-operation.ts';

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
