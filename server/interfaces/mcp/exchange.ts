/** One tool call and its answer through a server object, without the web Request and Response of the SDK's handler. */
import type { ServerResponse } from 'node:http';
import {
  type JSONRPCMessage,
  type MessageClassification,
  PerRequestHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Caller } from './caller.ts';
import { type PlainCall, REVISION } from './plain-call.ts';
import type { ServerFor } from './server-object.ts';

/**
 * The server's whole answer, or null when it was refused before it was sent into the app: then nothing has been done, and
 * the SDK's handler, which knows the status of each refusal, can be asked the same.
 */
export async function answerTo({ message, era }: PlainCall, caller: Caller, serverFor: ServerFor) {
  let isSent = false;
  const send: Caller['send'] = (make) => {
    isSent = true;
    return caller.send(make);
  };
  const classification: MessageClassification = era === 'modern' ? { era, revision: REVISION } : { era };
  const server = serverFor({ ...caller, send }, { method: 'tools/call', revision: era === 'modern' ? REVISION : null });
  const answer = await new Promise<JSONRPCMessage>((resolve, reject) => {
    const exchange = new Exchange(classification, resolve);
    server.connect(exchange).then(() => exchange.onmessage?.(message, { classification }), reject);
  });
  return isSent ? answer : null;
}

/** The SDK's transport of a single exchange, except that it hands on the message itself. No tool sends another one. */
class Exchange extends PerRequestHTTPServerTransport {
  constructor(
    classification: MessageClassification,
    private readonly take: (answer: JSONRPCMessage) => void,
  ) {
    super({ classification });
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    this.take(message);
  }
}

/** As the SDK's handler answers: with JSON, and for the revisions before 2026-07-28 with a stream of one event. */
export function sendAnswer(response: ServerResponse, era: Caller['era'], answer: JSONRPCMessage): void {
  const json = JSON.stringify(answer);
  if (era === 'modern') return void response.setHeader('Content-Type', 'application/json').end(json);
  response.setHeader('Content-Type', 'text/event-stream').setHeader('Cache-Control', 'no-cache, no-transform');
  response.setHeader('X-Accel-Buffering', 'no').end(`event: message\ndata: ${json}\n\n`);
}
