/** One call over the network: limited in time, and retried where that is safe and may help. */
import { linkAbort, raceAbort, timeoutError } from './abort.js';
import { type Clock, type Duration, delay, toMilliseconds } from './clock.js';
import { FleetbeatUnreachable } from './error.js';
import type { Fetch } from './options.js';
import { backOffMs, isRetryable, isTransient, retryAfterMs, takesIdempotencyKey } from './retry.js';

/** A request as it is sent each time. Other implementations of fetch refuse a Request that is not their own. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CallLimits {
  /** How often a transient failure is retried. 0 tries once. */
  readonly retries?: number | undefined;
  /** How long one attempt may take, including its body. */
  readonly timeoutMs: number;
  /** How long the whole call may take. */
  readonly within?: Duration | undefined;
}

interface RetryDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
}

/** A longer Retry-After than this fails the call at once; the error says how long to wait. */
const MAX_RETRY_AFTER_MS = 60_000;

const READ_RETRIES = 3;
/** A write that is given up is lost, so by default it outlives a restart of the server. */
const WRITE_WITHIN_MS = 60_000;

/** A limit that is given alone ends the retries alone. */
function resolveLimits({ retries, within }: CallLimits, method: string) {
  const isRead = method === 'GET';
  const defaultWithinMs = retries === undefined && !isRead ? WRITE_WITHIN_MS : Number.POSITIVE_INFINITY;
  const withinMs = within === undefined ? defaultWithinMs : toMilliseconds(within);
  return { withinMs, retries: retries ?? (within === undefined && isRead ? READ_RETRIES : Number.POSITIVE_INFINITY) };
}

/**
 * Sends a request again, with the same Idempotency-Key, until it is answered or its limits are reached. Rejects with a
 * `FleetbeatUnreachable` when there is no answer, or with the reason of the request's signal.
 */
export async function sendWithRetries(deps: RetryDeps, limits: CallLimits, request: Outgoing): Promise<Response> {
  const { clock, random } = deps;
  const { timeoutMs } = limits;
  const { retries, withinMs } = resolveLimits(limits, request.method);
  // Not one for all calls: each in progress listens to it.
  const { signal = new AbortController().signal } = request;
  const deadline = clock.now() + withinMs;
  if (retries > 0) ensureIdempotencyKey(request);
  let unanswered = false;
  for (let failures = 0; ; failures += 1) {
    const outcome = await attempt(deps, request, signal, Math.min(timeoutMs, deadline - clock.now()));
    const response = 'response' in outcome ? outcome.response : null;
    // A DELETE that was retried may find nothing because an attempt whose answer was lost has removed it.
    if (response?.status === 404 && unanswered && request.method === 'DELETE') {
      return new Response(null, { status: 204 });
    }
    if (response && !isTransient(response.status)) return response;
    const retryAfter = response && retryAfterMs(response.headers.get('retry-after'), clock.now());
    const waitMs = (retryAfter ?? 0) + backOffMs(failures, random);
    const isLastAttempt =
      failures >= retries ||
      !isRetryable(request) ||
      (retryAfter ?? 0) > MAX_RETRY_AFTER_MS ||
      clock.now() + waitMs >= deadline;
    if (isLastAttempt) {
      if ('response' in outcome) return outcome.response;
      throw unreachable(request, failures + 1, outcome.cause);
    }
    unanswered ||= !response || response.status > 500;
    await delay(clock, waitMs, signal);
  }
}

function unreachable({ method, url }: Outgoing, attempts: number, cause: unknown): FleetbeatUnreachable {
  const { origin, pathname } = url;
  const tries = attempts === 1 ? 'once' : `${attempts} times`;
  const message = `${origin} gave no answer to ${method} ${pathname}: ${describeCause(cause)} (tried ${tries})`;
  return new FleetbeatUnreachable(message, attempts, cause);
}

/** fetch says only "fetch failed"; the reason is in its cause, or in that one's errors when it tried several addresses. */
function describeCause(error: unknown): string {
  const { cause, errors, code, message } = Object(error) as Record<string, unknown>;
  const inner = cause ?? (errors as unknown[] | undefined)?.[0];
  return inner ? describeCause(inner) : String((typeof code === 'string' && code) || message || error);
}

/** Gives every operation that takes one a key by which the server recognizes a retry. */
function ensureIdempotencyKey({ method, url, headers }: Outgoing): void {
  if (headers.has('Idempotency-Key') || !takesIdempotencyKey(method, url.pathname)) return;
  // 128 bits. Not randomUUID: a page over plain HTTP has none.
  headers.set('Idempotency-Key', crypto.getRandomValues(new Uint32Array(4)).join('-'));
}

type Outcome = { readonly response: Response } | { readonly cause: unknown };

/**
 * The whole answer, or why there is none. Throws only when the caller has aborted. The limit is raced against the
 * attempt, because not every fetch ends with its signal.
 */
async function attempt(
  { fetch, clock }: RetryDeps,
  { url, method, headers, body }: Outgoing,
  caller: AbortSignal,
  timeoutMs: number,
): Promise<Outcome> {
  caller.throwIfAborted();
  const link = linkAbort(caller);
  const stopTimer = clock.after(timeoutMs, () => link.abort(timeoutError(`No answer within ${timeoutMs} ms`)));
  let streams = false;
  const receive = async () => {
    const init = { method, headers: Object.fromEntries(headers), ...(body && { body }), signal: link.signal };
    const response = await fetch(url.href, init);
    streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    return streams ? response : await bufferBody(response);
  };
  try {
    return { response: await raceAbort(receive(), link.signal) };
  } catch (cause) {
    caller.throwIfAborted();
    return { cause };
  } finally {
    stopTimer();
    if (!streams) link.unlink();
  }
}

const BODYLESS_STATUSES = new Set([204, 205, 304]);

/** Reads the body now, so that a connection that breaks within it is a failed attempt. */
async function bufferBody(response: Response): Promise<Response> {
  const { status, statusText } = response;
  const body = await response.arrayBuffer();
  const headers = [...response.headers] as [string, string][];
  // Chromium provides a body for answers that have none, and then refuses to construct such a Response.
  return new Response(BODYLESS_STATUSES.has(status) ? null : body, { status, statusText, headers });
}
