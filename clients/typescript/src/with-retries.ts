/** One call over the network: with a time limit, and tried again where that is safe and there is hope. */
import { type Clock, delay } from './clock.js';
import { FleetbeatUnreachable } from './error.js';
import { backOffMs, isRetryable, isTransient, retryAfterMs } from './retry.js';

export type Fetch = (request: Request) => Promise<Response>;

export interface SendOptions {
  /** How often a call that failed in passing is tried again. 0 tries once. */
  readonly retries: number;
  /** How long one attempt may take, its answer's body included. */
  readonly timeoutMs: number;
}

interface RetryDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
}

/** A server that asks for more patience than this is believed at once: the call fails and says for how long to wait. */
const MAX_RETRY_AFTER_MS = 60_000;

/** A fetch that sends a request again, with one and the same Idempotency-Key, until it is answered or `retries` are used up. */
export const withRetries =
  (deps: RetryDeps, { retries, timeoutMs }: SendOptions): Fetch =>
  async (request) => {
    const { clock, random } = deps;
    if (retries > 0) ensureIdempotencyKey(request);
    let unanswered = false;
    for (let failures = 0; ; failures += 1) {
      const isLastAttempt = failures >= retries || !isRetryable(request);
      const outcome = await attempt(deps, request, timeoutMs);
      if (outcome instanceof Response) {
        // What a repeated DELETE finds gone may well have been removed by the one whose answer was lost.
        if (unanswered && request.method === 'DELETE' && outcome.status === 404)
          return new Response(null, { status: 204 });
        if (isLastAttempt || !isTransient(outcome.status)) return outcome;
      } else if (isLastAttempt) throw new FleetbeatUnreachable(request.url, failures + 1, outcome.cause);
      const retryAfter =
        outcome instanceof Response ? retryAfterMs(outcome.headers.get('retry-after'), clock.now()) : null;
      if (retryAfter !== null && retryAfter > MAX_RETRY_AFTER_MS) return outcome as Response;
      unanswered ||= !(outcome instanceof Response) || outcome.status > 500;
      await delay(clock, (retryAfter ?? 0) + backOffMs(failures, random), request.signal);
    }
  };

/** Reads cannot take effect twice; everything else gets a key that the server knows a repetition by. */
function ensureIdempotencyKey({ method, headers }: Request): void {
  if (method === 'GET' || method === 'HEAD' || headers.has('Idempotency-Key')) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  headers.set('Idempotency-Key', Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

/** The whole answer, or why there is none. Throws only when the caller has called it off. */
async function attempt(
  { fetch, clock }: RetryDeps,
  request: Request,
  timeoutMs: number,
): Promise<Response | { readonly cause: unknown }> {
  request.signal.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => controller.abort(request.signal.reason);
  request.signal.addEventListener('abort', onAbort, { once: true });
  const onTimeout = () => controller.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError'));
  const stopTimer = clock.after(timeoutMs, onTimeout);
  let streams = false;
  try {
    const response = await fetch(new Request(request.clone(), { signal: controller.signal }));
    streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    return streams ? response : await bufferBody(response);
  } catch (cause) {
    request.signal.throwIfAborted();
    return { cause };
  } finally {
    stopTimer();
    if (!streams) request.signal.removeEventListener('abort', onAbort);
  }
}

const BODYLESS_STATUSES = new Set([204, 205, 304]);

/** Reads the body now, so that a connection that breaks within it is a failed attempt. */
async function bufferBody(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  // Chromium hands a body over for answers that have none, and refuses to make such an answer.
  return new Response(BODYLESS_STATUSES.has(status) ? null : body, { status, statusText, headers });
}
