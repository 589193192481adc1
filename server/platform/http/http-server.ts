/**
 * How long a connection may take for its own part. One that drips its request, or never sends any, is closed, so that
 * thousands of them cannot fill the server; what the server itself takes to answer is not counted, nor is a stream.
 */
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { MINUTE, SECOND } from '../clock.ts';
import { getMessageClasses } from './express-prototypes.ts';
import { LoopPauses } from './loop-pauses.ts';

const TIMEOUTS = {
  /** From the opening of the connection, or the first byte of a later request, to the end of the headers. */
  headersTimeout: 15 * SECOND,
  /** To the end of the body: the largest, 4 MB, over 70 kB a second. */
  requestTimeout: 1 * MINUTE,
  /** Between two requests. Longer than the 60 s of proxies such as nginx, which would else send into a closed connection. */
  keepAliveTimeout: 75 * SECOND,
  /** How often the first two are looked at. */
  connectionsCheckingInterval: 5 * SECOND,
};

/** A server that is not listening yet. */
export function createHttpServer(app: Express, timeouts: Partial<typeof TIMEOUTS> = {}): Server {
  const server = createServer({ ...TIMEOUTS, ...timeouts, ...getMessageClasses(app) }, app);
  countWhileRunning(server);
  // A sender may close its half of the connection when its request is whole, and still waits for the answer (RFC 9112, 9.6).
  Object.assign(server, { httpAllowHalfOpen: true });
  return server.on('timeout', closeIfSilent);
}

/**
 * Time in which the event loop stood still is not the client's: Node would compare its limits with the clock first, and only
 * then read a request that had arrived long ago. It reads these two properties at every comparison.
 */
function countWhileRunning(server: Server): void {
  const pauses = new LoopPauses();
  const { headersTimeout, requestTimeout } = server;
  Object.defineProperties(server, {
    headersTimeout: { get: () => pauses.spanIncludingPauses(headersTimeout) },
    requestTimeout: { get: () => pauses.spanIncludingPauses(requestTimeout) },
  });
  server.once('close', () => pauses.stop());
}

/** The same between two requests: a connection is closed when what may have arrived by now was read. */
function closeIfSilent(socket: Socket): void {
  const { bytesRead } = socket;
  setImmediate(() => {
    if (socket.bytesRead === bytesRead) socket.destroy();
  });
}
