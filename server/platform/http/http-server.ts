/**
 * The HTTP server, with timeouts for clients. A connection that sends its request too slowly, or none at all, is closed, so
 * that thousands of them cannot exhaust the server (Slowloris). Neither the server's own response time nor streams count.
 */
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { MINUTE, SECOND } from '../clock.ts';
import { getMessageClasses } from './express-overhead.ts';
import { LoopPauses } from './loop-pauses.ts';

const TIMEOUTS = {
  /** From the connection's start, or the first byte of a later request, to the end of the headers. */
  headersTimeout: 15 * SECOND,
  /** To the end of the body: the largest, 4 MB, needs about 70 kB per second. */
  requestTimeout: 1 * MINUTE,
  /** Between two requests. Longer than the 60 s of proxies such as nginx, which would else reuse a closed connection. */
  keepAliveTimeout: 75 * SECOND,
  /** How often Node checks the first two. */
  connectionsCheckingInterval: 5 * SECOND,
};

/** Creates the server of an app; the caller makes it listen. */
export function createHttpServer(app: Express, timeouts: Partial<typeof TIMEOUTS> = {}): Server {
  const server = createServer({ ...TIMEOUTS, ...timeouts, ...getMessageClasses(app) }, app);
  excludeLoopPauses(server);
  // A client may half-close the connection after its request and still await the response (RFC 9112, section 9.6).
  Object.assign(server, { httpAllowHalfOpen: true });
  return server.on('timeout', closeIfIdle);
}

/**
 * Excludes pauses of the event loop from the clients' time. After a pause Node checks its timeouts before it reads what has
 * arrived meanwhile, so it would close healthy connections. Node reads these two properties at every check.
 */
function excludeLoopPauses(server: Server): void {
  const pauses = new LoopPauses();
  const { headersTimeout, requestTimeout } = server;
  Object.defineProperties(server, {
    headersTimeout: { get: () => pauses.spanIncludingPauses(headersTimeout) },
    requestTimeout: { get: () => pauses.spanIncludingPauses(requestTimeout) },
  });
  server.once('close', () => pauses.stop());
}

/** Does the same for keep-alive: closes an idle connection only after data that has already arrived could be read. */
function closeIfIdle(socket: Socket): void {
  const { bytesRead } = socket;
  setImmediate(() => {
    if (socket.bytesRead === bytesRead) socket.destroy();
  });
}
