/** One connection to the stream of events: opened, read, and given up when it is silent for too long. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { type LinkedAbort, raceAbort } from './abort.js';
import { type Clock, realClock } from './clock.js';
import { parseJsonOrText, unwrapResponse } from './error.js';
import type { ResolvedOptions } from './resolve-options.js';

/** Without a key the browser's cookie identifies the caller. */
export type EventStreamTarget = Pick<ResolvedOptions, 'baseUrl' | 'key' | 'fetch' | 'clock' | 'random'>;

/** The server writes at least every 15 seconds: a connection that is silent for three times that is dead. */
const IDLE_TIMEOUT_MS = 45_000;

/** Rejects when there is no answer in time, and when the link is aborted, whatever `fetch` does. */
export async function openStream(
  { baseUrl, key, fetch = globalThis.fetch, clock = realClock }: EventStreamTarget,
  query: URLSearchParams,
  position: number | undefined,
  link: LinkedAbort,
): Promise<Response> {
  const headers = {
    Accept: 'text/event-stream',
    ...(key !== undefined && { Authorization: `Bearer ${key}` }),
    ...(position !== undefined && { 'Last-Event-ID': String(position) }),
  };
  const url = `${baseUrl.replace(/\/+$/, '')}/v1/events?${query}`;
  const stopTimer = clock.after(IDLE_TIMEOUT_MS, () => link.abort());
  try {
    return await raceAbort(fetch(url, { method: 'GET', headers, signal: link.signal }), link.signal);
  } finally {
    stopTimer();
  }
}

/** Rejects with the problem in the server's answer. */
export async function throwProblem(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  return unwrapResponse(Promise.resolve({ error: parseJsonOrText(text), response }));
}

/** Ends when the connection does, for whatever reason, or when it has been silent for too long. */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  link: LinkedAbort,
  clock: Clock,
  onRetry: (ms: number) => void,
): AsyncGenerator<EventSourceMessage> {
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => void messages.push(message), onRetry });
  const reader = body.getReader();
  // Not left to fetch: not every implementation ends the body with the signal.
  link.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  const decoder = new TextDecoder();
  for (;;) {
    const stopTimer = clock.after(IDLE_TIMEOUT_MS, () => link.abort());
    const { value } = await reader.read().catch(() => ({ value: undefined }));
    stopTimer();
    if (!value) return;
    parser.feed(decoder.decode(value, { stream: true }));
    yield* messages.splice(0);
  }
}
