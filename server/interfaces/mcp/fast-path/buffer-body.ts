/** The body of a request, read before it is known who answers it. */
import type { IncomingMessage } from 'node:http';

/** As much as an operation takes. What is longer, or does not say, is the SDK's handler to answer. */
const MAX_BYTES = 256 * 1024;

export const isBufferable = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? Number.NaN) <= MAX_BYTES;

/** The same request, to be read once more. */
export const replayRequest = ({ method, url, headers }: IncomingMessage, body: Buffer) => ({
  method: method as string,
  url: url as string,
  headers,
  async *[Symbol.asyncIterator]() {
    yield body;
  },
});

/** What a text of JSON says; undefined when it is none. */
export function parseJsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
