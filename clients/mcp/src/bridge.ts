/**
 * Connects a local MCP client (stdio) to the server (Streamable HTTP). Messages are forwarded unchanged, so the bridge
 * needs no knowledge of tools or resources and supports every revision that the server supports.
 */
import type { Readable, Writable } from 'node:stream';
import { type JSONRPCMessage, SdkHttpError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';

export interface BridgeOptions {
  /** The server (`http://127.0.0.1:8787`), or its endpoint if that is not `/mcp` or has query parameters like toolsets. */
  readonly url: string;
  /** A key, `fb_<keyId>_<secret>`. */
  readonly key: string;
  /** The client's messages; standard input by default. */
  readonly input?: Readable;
  /** Receives messages for the client and nothing else; standard output by default. */
  readonly output?: Writable;
  /** Receives a line for each error that no answer can carry; standard error by default. */
  readonly log?: (line: string) => void;
}

type Id = string | number;
type Message = JSONRPCMessage & {
  readonly id?: Id;
  readonly method?: string;
  readonly params?: { readonly requestId?: Id };
  readonly result?: { readonly protocolVersion?: string };
};

const INTERNAL_ERROR = -32603;

/**
 * Resolves when the client closes its side. Every request gets an answer: a JSON-RPC error if the server is unreachable,
 * rejects the request or breaks off. The next request tries again.
 */
export async function runBridge({ url, key, input, output, log = toStandardError }: BridgeOptions): Promise<void> {
  const endpoint = toEndpoint(url);
  const local = new StdioServerTransport(input, output);
  const remote = new StreamableHTTPClientTransport(endpoint, {
    requestInit: { headers: { Authorization: `Bearer ${key}` } },
  });
  const pending = new Map<Id, AbortController>();
  let handshake: Id | undefined;

  const reply = (message: Message): void => {
    if (message.method === undefined && message.id !== undefined) pending.delete(message.id);
    if (message.id !== undefined && message.id === handshake && message.result?.protocolVersion) {
      remote.setProtocolVersion(message.result.protocolVersion);
    }
    local.send(message).catch((error: Error) => log(`The client takes no answer: ${error.message}`));
  };
  const fail = (id: Id, error: JsonRpcError): void => {
    if (pending.delete(id)) reply({ jsonrpc: '2.0', id, error } as Message);
  };

  async function forward(message: Message): Promise<void> {
    const { id, method, params } = message;
    // Over HTTP a request is cancelled by closing its connection.
    if (method === 'notifications/cancelled' && params?.requestId !== undefined) return cancel(params.requestId);
    if (method === undefined || id === undefined) return remote.send(message).catch((error) => log(formatError(error)));
    if (method === 'initialize') handshake = id;
    const controller = new AbortController();
    pending.set(id, controller);
    const onRequestStreamEnd = () => fail(id, toJsonRpcError(`${endpoint.origin} broke off its answer.`));
    await remote
      .send(message, { requestSignal: controller.signal, onRequestStreamEnd })
      .catch((error: unknown) => replyWithError(id, error));
  }

  function cancel(id: Id): void {
    pending.get(id)?.abort();
    pending.delete(id);
  }

  function replyWithError(id: Id, error: unknown): void {
    const body = parseErrorBody(error);
    if (!pending.has(id)) return;
    const detail = body?.['detail'];
    if (body?.['jsonrpc'] === '2.0' && body['id'] === id) reply(body as Message);
    else
      fail(id, typeof detail === 'string' ? toJsonRpcError(detail, { problem: body }) : unreachable(endpoint, error));
  }

  remote.onmessage = (message) => reply(message as Message);
  remote.onerror = (error) => log(formatError(error));
  local.onmessage = (message) => void forward(message as Message);
  local.onerror = (error) => log(formatError(error));
  await remote.start();
  await new Promise<void>((resolve, reject) => {
    local.onclose = resolve;
    local.start().catch(reject);
  });
  for (const id of [...pending.keys()]) cancel(id);
  await remote.close();
}

interface JsonRpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

const toJsonRpcError = (message: string, data?: unknown): JsonRpcError => ({
  code: INTERNAL_ERROR,
  message,
  ...(data !== undefined && { data }),
});

const unreachable = (endpoint: URL, error: unknown): JsonRpcError =>
  toJsonRpcError(
    `Fleetbeat at ${endpoint.origin} gives no answer (${formatError(error)}). Is the server up? The next call tries again.`,
  );

/** Adds `/mcp` to an address without a path. */
function toEndpoint(url: string): URL {
  const endpoint = new URL(url);
  if (endpoint.pathname === '/') endpoint.pathname = '/mcp';
  return endpoint;
}

/** The JSON body of an error: a JSON-RPC message, or a problem document (RFC 9457). */
function parseErrorBody(error: unknown): Readonly<Record<string, unknown>> | null {
  const text = error instanceof SdkHttpError ? error.data?.['text'] : undefined;
  try {
    const body: unknown = typeof text === 'string' ? JSON.parse(text) : null;
    return typeof body === 'object' ? (body as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

/** An error in one line, with the code that fetch keeps in its cause. */
function formatError(error: unknown): string {
  const { message, cause } = error as Error;
  const code = (cause as { code?: string } | undefined)?.code;
  return `${message}${code ? `: ${code}` : ''}`.replace(/\s+/g, ' ').slice(0, 500);
}

const toStandardError = (line: string): void => void process.stderr.write(`fleetbeat mcp: ${line}\n`);
