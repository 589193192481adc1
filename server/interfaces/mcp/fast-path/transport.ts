/**
 * The ordinary way: the SDK's HTTP handler, over a web Request and Response. Here one tool call goes straight to a server object.
 * Saves: a third of what a tool call costs the server beyond its REST request (commit 38ba850, 25 November 2026; bench/README.md, "mcp").
 * When the SDK changes: run test/behaviour/mcp/fast-path.test.ts, which compares both. Always returning null in matchFastPath is safe, only slower.
 */
import type { ServerResponse } from 'node:http';
import {
  type JSONRPCMessage,
  type MessageClassification,
  PerRequestHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Caller } from '../caller.ts';
import type { CreateServer } from '../create-server.ts';
import { type FastPathCall, MODERN_REVISION } from './match.ts';

/**
 * The server's response, or null when the call was rejected before dispatch. Nothing was executed then, so the SDK's
 * handler, which knows the status of each error, can process the same request.
 */
export async function executeCall({ message, era }: FastPathCall, caller: Caller, createServer: CreateServer) {
  let isDispatched = false;
  const dispatch: Caller['dispatch'] = (make) => {
    isDispatched = true;
    return caller.dispatch(make);
  };
  const classification: MessageClassification = era === 'modern' ? { era, revision: MODERN_REVISION } : { era };
  const server = createServer(
    { ...caller, dispatch },
    { method: 'tools/call', revision: era === 'modern' ? MODERN_REVISION : null },
  );
  const answer = await new Promise<JSONRPCMessage>((resolve, reject) => {
    const transport = new SingleMessageTransport(classification, resolve, reject);
    server.connect(transport).then(() => transport.onmessage?.(message, { classification }), reject);
  });
  return isDispatched ? answer : null;
}

/** A transport for a single round trip that returns the message itself. Tools send exactly one. */
class SingleMessageTransport extends PerRequestHTTPServerTransport {
  constructor(
    classification: MessageClassification,
    private readonly deliver: (answer: JSONRPCMessage) => void,
    private readonly fail: (error: Error) => void,
  ) {
    super({ classification });
  }

  /** Rejects if there was no response, so that the caller does not wait forever; no effect after a response. */
  override async close(): Promise<void> {
    this.fail(new Error('The MCP server closed the exchange without an answer'));
    await super.close();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    this.deliver(message);
  }
}

/** Responds like the SDK's handler: with JSON, or for revisions before 2026-07-28 with a stream of one event. */
export function sendResponse(response: ServerResponse, era: Caller['era'], answer: JSONRPCMessage): void {
  const json = JSON.stringify(answer);
  if (era === 'modern') return void response.setHeader('Content-Type', 'application/json').end(json);
  response.setHeader('Content-Type', 'text/event-stream').setHeader('Cache-Control', 'no-cache, no-transform');
  response.setHeader('X-Accel-Buffering', 'no').end(`event: message\ndata: ${json}\n\n`);
}
