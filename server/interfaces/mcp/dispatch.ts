/** Sends an HTTP request into an Express app of this process, without a socket. */
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { Express } from 'express';
import { setInternalPrincipal } from '../../platform/http/authentication.ts';
import { setInternalBody } from '../../platform/http/body.ts';
import { getMessageClasses } from '../../platform/http/express-overhead.ts';
import type { Principal } from '../../platform/principal.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * Resolves with the app's complete response. The app handles it like a request from the network, with the same checks and
 * rate limits. Not for streaming responses.
 */
export function dispatch(app: Express, principal: Principal, httpRequest: HttpRequest): Promise<HttpResponse> {
  const { method, url, headers, body } = httpRequest;
  const { IncomingMessage, ServerResponse } = getMessageClasses(app);
  return new Promise((resolve, reject) => {
    const request = new IncomingMessage(new Socket());
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    Object.assign(request, {
      method,
      url,
      httpVersion: '1.1',
      httpVersionMajor: 1,
      httpVersionMinor: 1,
      complete: true,
    });
    Object.assign(request.headers, { host: 'localhost', ...headers, ...length });
    setInternalPrincipal(request, principal);
    if (body !== undefined && !setInternalBody(request, body)) request.push(body);
    request.push(null);

    const response = new ServerResponse(request);
    const chunks: Buffer[] = [];
    const capture: Capture = (chunk, encoding) => {
      if (typeof chunk === 'string')
        chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    // Express replaces the prototype, so these must be own properties.
    response.write = captureWrites(response.write, capture);
    response.end = captureWrites(response.end, capture);
    response.assignSocket(new Writable({ decodeStrings: false, write: (_chunk, _encoding, done) => done() }) as Socket);
    response.on('finish', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }));
    response.on('error', reject);
    // After 'finish' this changes nothing. Without 'finish' the app has destroyed its response, and no answer is to come.
    response.on('close', () => reject(new Error('The app closed a response before its end')));
    app(request as never, response as never);
  });
}

type Capture = (chunk: unknown, encoding: unknown) => void;

/** Wraps a method so that `capture` receives its arguments first. */
function captureWrites<Method extends ServerResponse['write'] | ServerResponse['end']>(
  method: Method,
  capture: Capture,
): Method {
  return function (this: ServerResponse, ...given: unknown[]) {
    capture(given[0], given[1]);
    return Reflect.apply(method, this, given);
  } as Method;
}
