/** One connection to the stream of events: asked for, read, and given up when it is silent for too long. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { unwrapResponse } from './error.js';

/** Whom to ask, and how. Without a key the browser's cookies speak for the caller. */
export interface EventStreamTarget {
  readonly baseUrl: string;
  readonly key?: string | undefined;
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** The server says something every 15 seconds: a connection that is silent for longer than three times that is dead. */
const IDLE_TIMEOUT_MS = 45_000;
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(): void;
}

/** Something to abort that is aborted with `signal`. */
export function linkAbort(signal: AbortSignal | undefined): LinkedAbort {
  const controller = new AbortController();
  const abort = () => {
    signal?.removeEventListener('abort', abort);
    controller.abort();
  };
  signal?.addEventListener('abort', abort);
  return { signal: controller.signal, abort };
}

export function openStream(
  { baseUrl, key, fetch = globalThis.fetch }: EventStreamTarget,
  query: URLSearchParams,
  position: number | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const headers = {
    Accept: 'text/event-stream',
    ...(key !== undefined && { Authorization: `Bearer ${key}` }),
    ...(position !== undefined && { 'Last-Event-ID': String(position) }),
  };
  return fetch(new Request(`${baseUrl.replace(/\/+$/, '')}/v1/events?${query}`, { headers, signal }));
}

/** Rejects with the problem that the server has answered. */
export async function throwProblem(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  return unwrapResponse(Promise.resolve({ error: parseJsonOrText(text), response }));
}

function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Ends when the connection does, for whatever reason, or has been silent for too long. */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  link: LinkedAbort,
  onRetry: (ms: number) => void,
): AsyncGenerator<EventSourceMessage> {
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => void messages.push(message), onRetry });
  const reader = body.getReader();
  // Not left to fetch: Node forgets the signal of a request once its Request object has been collected.
  link.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  const decoder = new TextDecoder();
  for (;;) {
    const idleTimer = setTimeout(() => link.abort(), IDLE_TIMEOUT_MS);
    const { value } = await reader.read().catch(() => ({ value: undefined }));
    clearTimeout(idleTimer);
    if (!value) return;
    parser.feed(decoder.decode(value, { stream: true }));
    yield* messages.splice(0);
  }
}

/** Resolves after the time, or at once when it is aborted. */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
