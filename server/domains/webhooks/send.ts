/** One attempt: one POST over a connection of its own. */
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { Clock } from '../../platform/clock.ts';
import type { DeliveryAttempt, WebhookDeliveryRow, WebhookRow } from './entity.ts';
import { signatureHeaders } from './signature.ts';
import { publicLookup, requirePublicLiteral } from './ssrf-guard.ts';

const TIMEOUT_MS = 10_000;
/** Of an answer nobody needs more. */
const MAX_RESPONSE_BYTES = 1_024;
const MAX_ERROR_LENGTH = 500;

export interface SendOptions {
  readonly clock: Clock;
  readonly allowPrivate: boolean;
  /** For the header User-Agent. */
  readonly version: string;
}

/** Resolves with what became of it, whatever that is. Rejects only when `stopping` cuts it off: nobody knows then. */
export async function sendDelivery(
  { clock, allowPrivate, version }: SendOptions,
  webhook: WebhookRow,
  delivery: Pick<WebhookDeliveryRow, 'deliveryId' | 'payload'>,
  stopping: AbortSignal,
): Promise<DeliveryAttempt> {
  const at = clock.now();
  const startedAt = performance.now();
  const toAttempt = (status: number | null, error: string | null): DeliveryAttempt => ({
    at,
    ms: Math.round(performance.now() - startedAt),
    status,
    error: error?.slice(0, MAX_ERROR_LENGTH) ?? null,
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(delivery.payload)),
    'user-agent': `Fleetbeat/${version}`,
    ...signatureHeaders(webhook, delivery, at),
  };
  const cancellation = new AbortController();
  const cancel = () => cancellation.abort();
  const timer = setTimeout(cancel, TIMEOUT_MS);
  stopping.addEventListener('abort', cancel);
  try {
    stopping.throwIfAborted();
    const url = new URL(webhook.url);
    if (!allowPrivate) requirePublicLiteral(url);
    const status = await post(url, headers, delivery.payload, allowPrivate, cancellation.signal);
    return toAttempt(status, describeStatus(status));
  } catch (error) {
    if (stopping.aborted) throw error;
    return toAttempt(
      null,
      cancellation.signal.aborted ? `No answer within ${TIMEOUT_MS / 1000} seconds.` : describeError(error),
    );
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', cancel);
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

/** The status of the answer. Its body is read for a little while, for the sake of servers that are not done before. */
function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  allowPrivate: boolean,
  signal: AbortSignal,
): Promise<number> {
  const options = { method: 'POST', headers, agent: false, signal, ...(!allowPrivate && { lookup: publicLookup }) };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? secure : plain)(url, options, (response) => {
      let read = 0;
      const done = () => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read >= MAX_RESPONSE_BYTES) done();
      });
      response.on('end', done);
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
