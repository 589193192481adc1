/** One attempt: one POST over a connection of its own. */
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Clock, SECOND } from '../../platform/clock.ts';
import type { AttemptResult, WebhookDeliveryRow, WebhookRow } from './entity.ts';
import { HostResolver } from './host-resolver.ts';
import { parseRetryAfter } from './rules.ts';
import { signatureHeaders } from './signature.ts';
import { createLookup, requireStillAllowed, type UrlPolicy } from './ssrf-guard.ts';

const TIMEOUT_MS = 10 * SECOND;
/** For how long, and how far, the body of a response is read once its status is known. */
const LINGER_MS = 1 * SECOND;
const MAX_BODY_BYTES = 1_024;
const MAX_ERROR_LENGTH = 500;

export interface SendOptions extends UrlPolicy {
  readonly clock: Clock;
  /** For the header User-Agent. */
  readonly version: string;
  readonly resolver: HostResolver;
}

export const createSendOptions = (options: Omit<SendOptions, 'resolver'>): SendOptions => ({
  ...options,
  resolver: new HostResolver(options.allowPrivate),
});

/** Resolves with the result, success or failure, within about 10 seconds. Rejects only on shutdown, when it is unknown. */
export async function sendDelivery(
  options: SendOptions,
  webhook: WebhookRow,
  delivery: Pick<WebhookDeliveryRow, 'deliveryId' | 'payload'>,
  stopping: AbortSignal,
): Promise<AttemptResult> {
  const at = options.clock.now();
  const startedAt = performance.now();
  const toResult = (status: number | null, error: string | null, retryAfterMs: number | null): AttemptResult => ({
    attempt: {
      at,
      ms: Math.round(performance.now() - startedAt),
      status,
      error: error?.slice(0, MAX_ERROR_LENGTH) ?? null,
    },
    retryAfterMs,
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(delivery.payload)),
    'user-agent': `Fleetbeat/${options.version}`,
    ...signatureHeaders(webhook, delivery, at),
  };
  try {
    stopping.throwIfAborted();
    const url = new URL(webhook.url);
    requireStillAllowed(url, options);
    const lookup = createLookup(url, webhook.accountId, options);
    const { status, headers: answer } = await post(url, headers, delivery.payload, lookup, stopping);
    const error = describeStatus(status);
    return toResult(status, error, error === null ? null : parseRetryAfter(answer['retry-after'], at));
  } catch (error) {
    if (stopping.aborted) throw error;
    return toResult(null, describeError(error), null);
  }
}

function describeStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  const redirected = status >= 300 && status < 400 ? ' Redirects are not followed.' : '';
  return `The endpoint answered ${status}.${redirected}`;
}

/** Where several addresses were tried, the reasons are inside. */
function describeError(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describeError).join(' ');
  return error instanceof Error ? error.message : String(error);
}

interface ResponseHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/**
 * The head of the response; its body is of no interest. Node tells the end of a request by one of several events, and of
 * some ends (101, for one) by none that promises come from. So every event settles this, and so does a timer that depends
 * on none of them.
 */
function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
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
