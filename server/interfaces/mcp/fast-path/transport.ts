/** Executes one tool call on a server object, without the web Request and Response of the SDK's handler. */
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

/** A transport for a single round trip that returns the message itself. No tool sends a second one. */
class SingleMessageTransport extends PerRequestHTTPServerTransport {
  constructor(
    classification: MessageClassification,
    private readonly deliver: (answer: JSONRPCMessage) => void,
    private readonly fail: (error: Error) => void,
  ) {
    super({ classification });
  }

  /** After an answer this changes nothing. Without one the caller must not wait for it. */
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
