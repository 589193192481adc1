/** One line for each request: its id, what it was, how it ended. Never a header, a body or a key. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Options } from 'pino-http';
import type { Log } from '../log.ts';

export const logOptions = (log: Log): Options => ({
  logger: log,
  genReqId: (request) => request.id,
  customLogLevel,
  serializers: {
    req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
      id,
      method,
      path: url.split('?', 1)[0],
    }),
    res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
  },
  customSuccessMessage: () => 'request',
  customErrorMessage: () => 'request failed',
});

/** Heartbeats are many and healthy: what went well is told only when asked for. */
const customLogLevel = (_request: IncomingMessage, { statusCode }: ServerResponse, error?: Error) =>
  error || statusCode >= 500 ? 'error' : statusCode >= 400 ? 'info' : 'debug';
