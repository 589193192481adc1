/** One connection to the stream of events: asked for, read, and given up when it is silent for too long. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { answered } from './error.js';

/** Whom to ask, and how. Without a key the browser's cookies speak for the caller. */
export interface Connection {
  readonly baseUrl: string;
  readonly key?: string | undefined;
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** The server says something every 15 seconds: a connection that is silent for longer than three times that is dead. */
const SILENCE_MS = 45_000;
export interface Link {
  readonly signal: AbortSignal;
  abort(): void;
}

/** Something to abort that is aborted with `signal`. */
export function linkedTo(signal: AbortSignal | undefined): Link {
  const controller = new AbortController();
  const abort = () => {
    signal?.removeEventListener('abort', abort);
    controller.abort();
  };
  signal?.addEventListener('abort', abort);
  return { signal: controller.signal, abort };
}

export function request(
  { baseUrl, key, fetch = globalThis.fetch }: Connection,
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
export async function refused(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  return answered(Promise.resolve({ error: parsed(text), response }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Ends when the connection does, for whatever reason, or has been silent for too long. */
export async function* messagesOf(
  body: ReadableStream<Uint8Array>,
  link: Link,
  onRetry: (ms: number) => void,
): AsyncGenerator<EventSourceMessage> {
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => void messages.push(message), onRetry });
  const reader = body.getReader();
  // Not left to fetch: Node forgets the signal of a request once its Request object has been collected.
  link.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  const decoder = new TextDecoder();
  for (;;) {
    const silent = setTimeout(() => link.abort(), SILENCE_MS);
    const { value } = await reader.read().catch(() => ({ value: undefined }));
    clearTimeout(silent);
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
