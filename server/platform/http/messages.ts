/**
 * Requests and answers that are born as Express wants them. When one arrives `app.handle` gives it the prototype of the
 * app, and an object whose prototype changes is slow for V8 from then on: two thirds of the time of a bare route went
 * there (expressjs/express#5998). Of these classes each object has that prototype from the start.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

export interface Messages {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

const known = new WeakMap<object, Messages>();

/** The classes of an app, as `createServer` takes them; always the same two for the same app. */
export function messagesOf(app: Express): Messages {
  const made = known.get(app) ?? { IncomingMessage: ownRequest(app), ServerResponse: ownAnswer(app) };
  known.set(app, made);
  return made;
}

function ownRequest(app: Express): typeof IncomingMessage {
  class AppRequest extends IncomingMessage {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  app.request = AppRequest.prototype as Express['request'];
  return AppRequest;
}

function ownAnswer(app: Express): typeof ServerResponse {
  class AppAnswer<Request extends IncomingMessage> extends ServerResponse<Request> {
    /** As Express's own, with no settings to ask for: one text, which goes out in one write together with the headers. */
    json(body: unknown): this {
      const text = JSON.stringify(body);
      if (!this.hasHeader('Content-Type')) this.setHeader('Content-Type', 'application/json; charset=utf-8');
      this.setHeader('Content-Length', Buffer.byteLength(text));
      return this.end(text);
    }
  }
  Object.setPrototypeOf(AppAnswer.prototype, app.response);
  app.response = AppAnswer.prototype as unknown as Express['response'];
  return AppAnswer;
}
