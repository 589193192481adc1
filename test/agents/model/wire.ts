/** How one API of a model is read and answered. */
import type { ServerResponse } from 'node:http';
import type { Answer, ModelRequest } from './conversation.ts';

export interface Reply {
  readonly response: ServerResponse;
  /** The path with its query. */
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: Answer;
  /** The input tokens to report. */
  readonly tokens: number;
}

export interface Wire {
  readonly path: RegExp;
  read(body: Readonly<Record<string, unknown>>): ModelRequest;
  write(reply: Reply): void;
}

export function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** Server-sent events; with a name each where the API has them. */
export function sendEvents(response: ServerResponse, events: readonly object[], areNamed: boolean): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (const event of events) {
    const name = areNamed ? `event: ${(event as { type: string }).type}\n` : '';
    response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
  }
  response.end();
}

let idCount = 0;
export const newId = (prefix: string): string => `${prefix}_${Date.now().toString(36)}${(++idCount).toString(36)}`;
