/**
 * Requests and answers that are born as Express wants them. When one arrives `app.handle` gives it the prototype of the
 * app, and an object whose prototype changes is slow for V8 from then on: two thirds of the time of a bare route went
 * there (expressjs/express#5998). Of these classes each object has that prototype from the start.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

export interface MessageClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

const classesByApp = new WeakMap<object, MessageClasses>();

/** The classes of an app, as `createServer` takes them; always the same two for the same app. */
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
    /** As Express's own, with no settings to ask for: one text, which goes out in one write together with the headers. */
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
