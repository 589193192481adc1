/** One call over the network: with a time limit, and tried again where that is safe and there is hope. */
import { type Clock, waited } from './clock.js';
import { FleetbeatUnreachable } from './error.js';
import { backOffMs, isPassing, mayRepeat, retryAfterMs } from './retry.js';

export type Fetch = (request: Request) => Promise<Response>;

export interface SendOptions {
  /** How often a call that failed in passing is tried again. 0 tries once. */
  readonly retries: number;
  /** How long one attempt may take, its answer's body included. */
  readonly timeoutMs: number;
}

interface Surroundings {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
}

/** A server that asks for more patience than this is believed at once: the call fails and says for how long to wait. */
const PATIENCE_MS = 60_000;

/** A fetch that sends a request again, with one and the same Idempotency-Key, until it is answered or `retries` are used up. */
export const resilient =
  (around: Surroundings, { retries, timeoutMs }: SendOptions): Fetch =>
  async (request) => {
    const { clock, random } = around;
    if (retries > 0) nameOnce(request);
    let unanswered = false;
    for (let failures = 0; ; failures += 1) {
      const last = failures >= retries || !mayRepeat(request);
      const outcome = await attempt(around, request, timeoutMs);
      if (outcome instanceof Response) {
        // What a repeated DELETE finds gone may well have been removed by the one whose answer was lost.
        if (unanswered && request.method === 'DELETE' && outcome.status === 404)
          return new Response(null, { status: 204 });
        if (last || !isPassing(outcome.status)) return outcome;
      } else if (last) throw new FleetbeatUnreachable(request.url, failures + 1, outcome.cause);
      const asked = outcome instanceof Response ? retryAfterMs(outcome.headers.get('retry-after'), clock.now()) : null;
      if (asked !== null && asked > PATIENCE_MS) return outcome as Response;
      unanswered ||= !(outcome instanceof Response) || outcome.status > 500;
      await waited(clock, (asked ?? 0) + backOffMs(failures, random), request.signal);
    }
  };

/** Reads cannot take effect twice; everything else gets a key that the server knows a repetition by. */
function nameOnce({ method, headers }: Request): void {
  if (method === 'GET' || method === 'HEAD' || headers.has('Idempotency-Key')) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  headers.set('Idempotency-Key', Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

/** The whole answer, or why there is none. Throws only when the caller has called it off. */
async function attempt(
  { fetch, clock }: Surroundings,
  request: Request,
  timeoutMs: number,
): Promise<Response | { readonly cause: unknown }> {
  request.signal.throwIfAborted();
  const limit = new AbortController();
  const callOff = () => limit.abort(request.signal.reason);
  request.signal.addEventListener('abort', callOff, { once: true });
  const late = () => limit.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError'));
  const stopTimer = clock.after(timeoutMs, late);
  let streams = false;
  try {
    const response = await fetch(new Request(request.clone(), { signal: limit.signal }));
    streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    return streams ? response : await whole(response);
  } catch (cause) {
    request.signal.throwIfAborted();
    return { cause };
  } finally {
    stopTimer();
    if (!streams) request.signal.removeEventListener('abort', callOff);
  }
}

const NO_BODY = new Set([204, 205, 304]);

/** Reads the body now, so that a connection that breaks within it is a failed attempt. */
async function whole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  // Chromium hands a body over for answers that have none, and refuses to make such an answer.
  return new Response(NO_BODY.has(status) ? null : body, { status, statusText, headers });
}
