/** One POST over a connection of its own, to an address that the guard allows. */
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { SECOND } from '../../platform/clock.ts';
import type { HostResolver } from './host-resolver.ts';
import { createLookup, requireStillAllowed, type UrlPolicy } from './ssrf-guard.ts';

const TIMEOUT_MS = 10 * SECOND;
/** For how long, and how far, the body of a response is read once its status is known. */
const LINGER_MS = 1 * SECOND;
const MAX_BODY_BYTES = 1_024;

export interface GuardedPost {
  readonly url: string;
  readonly accountId: string;
  /** Without content-length. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Where several addresses were tried, the reasons are inside. */
export function describeError(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describeError).join(' ');
  return error instanceof Error ? error.message : String(error);
}

export interface ResponseHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Resolves with the head of the response, whatever its status. Rejects without one, for a URL that is not allowed, and on shutdown. */
export async function postGuarded(
  policy: UrlPolicy & { readonly resolver: HostResolver },
  { url: text, accountId, headers, body }: GuardedPost,
  stopping: AbortSignal,
): Promise<ResponseHead> {
  stopping.throwIfAborted();
  const url = new URL(text);
  requireStillAllowed(url, policy);
  const lookup = createLookup(url, accountId, policy);
  return post(url, { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body, lookup, stopping);
}

/**
 * The head of the response; its body is of no interest. Node tells the end of a request by one of several events, and of
 * some ends (101, for one) by none that promises come from. So every event settles this, and so does a timer that depends
 * on none of them.
 */
function post(
  url: URL,
  headers: Record<string, string>,
  body: string | Buffer,
  lookup: LookupFunction,
  stopping: AbortSignal,
): Promise<ResponseHead> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers,
      agent: false,
      lookup,
    });
    let head: ResponseHead | null = null;
    let linger: NodeJS.Timeout | undefined;
    const settle = (error: unknown): void => {
      clearTimeout(deadline);
      clearTimeout(linger);
      stopping.removeEventListener('abort', stop);
      if (head) resolve(head);
      else reject(error);
      request.destroy();
    };
    const stop = () => settle(stopping.reason);
    const timedOut = () => settle(new Error(`No answer within ${TIMEOUT_MS / SECOND} seconds.`));
    const deadline = setTimeout(timedOut, TIMEOUT_MS);
    stopping.addEventListener('abort', stop, { once: true });
    request.on('error', settle);
    request.on('close', () => settle(new Error('The connection was closed without an answer.')));
    request.on('upgrade', ({ statusCode = 0, headers: answer }, socket) => {
      socket.destroy();
      head = { status: statusCode, headers: answer };
      settle(null);
    });
    request.on('response', (response) => {
      // The status decides. Some servers stop working for a request whose connection is cut, so they get a moment.
      head = { status: response.statusCode ?? 0, headers: response.headers };
      linger = setTimeout(settle, LINGER_MS);
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read >= MAX_BODY_BYTES) settle(null);
      });
      response.on('end', settle).on('error', settle);
    });
    request.end(body);
  });
}
