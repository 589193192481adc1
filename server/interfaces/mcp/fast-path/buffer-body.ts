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

/** The parsed message or batch, or undefined when the text is not JSON. */
export function parseMessage(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(dropNullArguments) : dropNullArguments(parsed);
  } catch {
    return undefined;
  }
}

interface ParsedMessage {
  readonly method?: unknown;
  readonly params?: { arguments?: unknown } | null;
}

/**
 * Null `arguments` are none, and so is a null among a prompt's: some clients send them, and the SDK would reject the message. What null
 * means among a tool's arguments is decided in `tool-arguments.ts`.
 */
function dropNullArguments(message: unknown): unknown {
  const { method, params } = (message ?? {}) as ParsedMessage;
  const given = params?.arguments;
  if (params && given === null) delete params.arguments;
  else if (params && method === 'prompts/get' && given instanceof Object)
    params.arguments = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  return message;
}
