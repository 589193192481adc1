/** The body of a request that says that it is short, read before it is known who answers it. */
import type { IncomingMessage } from 'node:http';

/** As much as an operation takes. What is longer, or does not say, is the SDK's handler to read, or to refuse unread. */
const MAX_BYTES = 256 * 1024;

export const isBufferable = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && Number(headers['content-length'] ?? Number.NaN) <= MAX_BYTES;

/** Resolves with the whole body, or with null when its sender went away before its end. */
export function bufferBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
  });
}

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
