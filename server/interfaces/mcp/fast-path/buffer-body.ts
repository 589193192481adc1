/** Buffers short request bodies before it is decided whether the fast path or the SDK handles them. */
import type { IncomingMessage } from 'node:http';

/** The largest body of an operation. Longer bodies, and those of unknown length, are left to the SDK's handler. */
const MAX_BYTES = 256 * 1024;

export const isBufferable = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? Number.NaN) <= MAX_BYTES;

/** A copy of the request whose body can be read again. */
export const replayRequest = ({ method, url, headers }: IncomingMessage, body: Buffer) => ({
  method: method as string,
  url: url as string,
  headers,
  async *[Symbol.asyncIterator]() {
    yield body;
  },
});

/** The parsed JSON, or undefined when the text is not JSON. */
export function parseJsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
