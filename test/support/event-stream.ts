/** The event stream as it is on the wire, without the typed client. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { bearer } from './raw-request.ts';

export interface RawEventStream {
  readonly response: Response;
  /** The next frame that is not a comment; undefined when the stream has ended. */
  next(): Promise<EventSourceMessage | undefined>;
  /** Everything that was read so far, comments included. */
  text(): string;
  close(): void;
}

export async function openRawEventStream(
  baseUrl: string,
  key: string | null,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<RawEventStream> {
  const abortController = new AbortController();
  const response = await fetch(`${baseUrl}/v1/events${query}`, {
    headers: { ...(key !== null && bearer(key)), ...headers },
    signal: abortController.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => void messages.push(message) });
  let text = '';
  return {
    response,
    text: () => text,
    async next() {
      while (messages.length === 0) {
        const { value } = await reader.read().catch(() => ({ value: undefined }));
        if (!value) return undefined;
        const piece = decoder.decode(value, { stream: true });
        text += piece;
        parser.feed(piece);
      }
      return messages.shift();
    },
    close: () => abortController.abort(),
  };
}

/** The next `count` items of an iterator, which stays open. */
export async function readNext<T>(iterator: AsyncIterator<T>, count: number): Promise<T[]> {
  const items: T[] = [];
  while (items.length < count) {
    const { value, done } = await iterator.next();
    if (done) throw new Error(`The iterable ended after ${items.length} of ${count}`);
    items.push(value);
  }
  return items;
}

/** The first `count` items of an iterable, which is closed then. */
export async function readFirst<T>(iterator: AsyncGenerator<T, void, undefined>, count: number): Promise<T[]> {
  const items = await readNext(iterator, count);
  await iterator.return();
  return items;
}
