/** CORS: pages of other sites may call only if the settings list their origin. */
import cors from 'cors';
import type { RequestHandler } from 'express';

/** Last-Event-ID resumes a stream of events that was lost; the trace headers are those of the page's own tracing. */
const ALLOWED_HEADERS = [
  ...['Authorization', 'Content-Type', 'If-Match', 'If-None-Match', 'Idempotency-Key', 'Last-Event-ID'],
  ...['traceparent', 'tracestate'],
];
const EXPOSED_HEADERS = [
  'X-Request-Id',
  'ETag',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'WWW-Authenticate',
  'Allow',
  'Accept-Patch',
  'Location',
  'Idempotent-Replayed',
];
const PREFLIGHT_SECONDS = 600;

/** Allows the origins to call with a key. Cookies are for this server's own pages only, so credentials stay off. */
export const corsMiddleware = (origins: readonly string[]): RequestHandler =>
  cors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ALLOWED_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_SECONDS,
  });
