/**
 * Connects a local MCP client (stdio) to the server (Streamable HTTP). Messages are forwarded unchanged, so the bridge
 * needs no knowledge of tools or resources and supports every revision that the server supports.
 */
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type JSONRPCMessage, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describeError, INTERNAL_ERROR, type JsonRpcError, toJsonRpcError } from './errors.ts';
import { type Id, type Refusal, readMessages } from './reader.ts';

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
  /** How long answers may take after the end of the input; longer than the server lets a request wait by default. */
  readonly waitAtEndMs?: number;
}

type Message = JSONRPCMessage & {
  readonly id?: Id;
  readonly method?: string;
  readonly params?: { readonly requestId?: Id };
  readonly result?: { readonly protocolVersion?: string };
};

interface Pending {
  readonly controller: AbortController;
  /** Its answer is a stream without an end, for which nobody can wait. */
  readonly isEndless: boolean;
}

/** `get_question` waits for 25 s at most. */
const WAIT_AT_END_MS = 30_000;
const LISTEN_METHOD = 'subscriptions/listen';

/**
 * Resolves when the client has closed its side and has its answers, or does not read them. Every request gets one: a JSON-RPC
 * error if it is malformed, or if the server is unreachable, rejects it or breaks off. The next request tries again.
 */
export async function runBridge({
  url,
  key,
  input = process.stdin,
  output = process.stdout,
  log = toStandardError,
  waitAtEndMs = WAIT_AT_END_MS,
}: BridgeOptions): Promise<void> {
  const endpoint = toEndpoint(url);
  const remote = new StreamableHTTPClientTransport(endpoint, {
    requestInit: { headers: { Authorization: `Bearer ${key}` } },
  });
  const pending = new Map<Id, Pending>();
  let onSettled = (): void => undefined;
  let handshake: Id | undefined;

  const send = (message: object): void => void output.write(`${JSON.stringify(message)}\n`);
  const settle = (id: Id): void => {
    pending.delete(id);
    onSettled();
  };
  const reply = (message: Message): void => {
    if (message.id !== undefined && message.id === handshake && message.result?.protocolVersion) {
      remote.setProtocolVersion(message.result.protocolVersion);
    }
    send(message);
    if (message.method === undefined && message.id !== undefined) settle(message.id);
  };
  const fail = (id: Id, error: JsonRpcError): void => {
    if (!pending.has(id)) return;
    send({ jsonrpc: '2.0', id, error });
    settle(id);
  };

  async function forward(message: Message): Promise<void> {
    const { id, method, params } = message;
    // Over HTTP a request is cancelled by closing its connection.
    if (method === 'notifications/cancelled' && params?.requestId !== undefined) return cancel(params.requestId);
    if (method === undefined || id === undefined)
      return remote.send(message).catch((error) => log(describeError(endpoint, error)));
    if (method === 'initialize') handshake = id;
    const controller = new AbortController();
    pending.set(id, { controller, isEndless: method === LISTEN_METHOD });
    const onRequestStreamEnd = () =>
      fail(id, {
        code: INTERNAL_ERROR,
        message: `${endpoint.origin} broke off its answer. The next call tries again.`,
      });
    await remote
      .send(message, { requestSignal: controller.signal, onRequestStreamEnd })
      .catch((error: unknown) => fail(id, toJsonRpcError(endpoint, error)));
  }

  function cancel(id: Id): void {
    pending.get(id)?.controller.abort();
    settle(id);
  }

  /** A pending request of the same id is another one, and gets its own answer. */
  function refuse({ id, code, reason }: Refusal): void {
    if (id !== null && pending.has(id)) log(`Not sent: ${reason}`);
    else send({ jsonrpc: '2.0', id, error: { code, message: reason } });
  }

  /** Resolves when nothing is pending that has an end. */
  const waitForAnswers = () =>
    new Promise<void>((resolve) => {
      onSettled = () => {
        if ([...pending.values()].every(({ isEndless }) => isEndless)) resolve();
      };
      onSettled();
    });

  remote.onmessage = (message) => reply(message as Message);
  // A failed request is answered; this is also about the streams beside requests.
  remote.onerror = (error) => {
    if (error.name !== 'AbortError') log(describeError(endpoint, error));
  };
  const readerGone = new Promise<void>((resolve) => {
    output.on('error', () => resolve());
  });
  await remote.start();
  const read = readMessages(input, (result) =>
    'refusal' in result ? refuse(result.refusal) : void forward(result.message as Message),
  ).catch((error: Error) => log(`The input broke: ${error.message}`));
  await Promise.race([read, readerGone]);
  await Promise.race([waitForAnswers(), readerGone, delay(waitAtEndMs, undefined, { ref: false })]);
  for (const id of [...pending.keys()]) cancel(id);
  input.destroy();
  await remote.close();
}

/** Adds `/mcp` to an address without a path. */
function toEndpoint(url: string): URL {
  const endpoint = new URL(url);
  if (endpoint.pathname === '/') endpoint.pathname = '/mcp';
  return endpoint;
}

const toStandardError = (line: string): void => void process.stderr.write(`fleetbeat mcp: ${line}\n`);
