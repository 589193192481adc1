/**
 * The ordinary way: `createServer(app)`. Here requests and responses are created from classes that have Express's prototypes.
 * Saves: 182 → 70 µs on a bare route, a third of a heartbeat's processor time (bench/README.md, 25 November 2026).
 * When Express changes: run express-prototypes.test.ts. `createServer` without these classes is safe, only slower.
 *
 * `app.handle` replaces the prototype of every request and response, and V8 is slow with objects whose prototype has changed
 * (expressjs/express#5998).
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

export interface MessageClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

const classesByApp = new WeakMap<object, MessageClasses>();

/** The classes of an app, to pass to `createServer`; always the same pair for the same app. */
export function getMessageClasses(app: Express): MessageClasses {
  const classes = classesByApp.get(app) ?? {
    IncomingMessage: createRequestClass(app),
    ServerResponse: createResponseClass(app),
  };
  classesByApp.set(app, classes);
  return classes;
}

function createRequestClass(app: Express): typeof IncomingMessage {
  class AppRequest extends IncomingMessage {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  app.request = AppRequest.prototype as Express['request'];
  return AppRequest;
}

function createResponseClass(app: Express): typeof ServerResponse {
  class AppResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
    /** Like Express's own, without looking up settings. Headers and body go out in one write. */
    json(body: unknown): this {
      const text = JSON.stringify(body);
      if (!this.hasHeader('Content-Type')) this.setHeader('Content-Type', 'application/json; charset=utf-8');
      this.setHeader('Content-Length', Buffer.byteLength(text));
      return this.end(text);
    }
  }
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  app.response = AppResponse.prototype as unknown as Express['response'];
  return AppResponse;
}
