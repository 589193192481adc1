/**
 * How long a connection may take for its own part. One that drips its request, or never sends any, is closed, so that
 * thousands of them cannot fill the server; what the server itself takes to answer is not counted, nor is a stream.
 */
import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import { MINUTE, SECOND } from '../clock.ts';
import { getMessageClasses } from './express-prototypes.ts';

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
export const createHttpServer = (app: Express): Server => createServer({ ...TIMEOUTS, ...getMessageClasses(app) }, app);
