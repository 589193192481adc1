/**
 * Content negotiation of /mcp (RFC 9110, 12.5.1). The SDK only looks for both media types as literal text in Accept, so it
 * refuses a missing header, wildcards, capitals, and clients that want nothing but JSON.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Request as ExpressRequest } from 'express';

const JSON_TYPE = 'application/json';
const STREAM_TYPE = 'text/event-stream';
const BOTH_TYPES = `${JSON_TYPE}, ${STREAM_TYPE}`;

/**
 * Rewrites Accept in the words that the SDK looks for: both media types, or JSON alone. Accept stays as it is when it allows
 * neither, which the SDK answers with 406.
 */
export function normaliseAccept(request: Pick<ExpressRequest, 'accepts'> & { readonly headers: IncomingHttpHeaders }) {
  const [json, stream] = [request.accepts(JSON_TYPE), request.accepts(STREAM_TYPE)];
  if (stream) request.headers.accept = BOTH_TYPES;
  else if (json) request.headers.accept = JSON_TYPE;
  else request.headers.accept = 'none/none';
}

/** Calls the SDK for a client that takes JSON alone, and turns its finite stream of messages into JSON. */
export async function respondInAcceptedType(request: Request, send: (request: Request) => Promise<Response>) {
  if (request.headers.get('accept') !== JSON_TYPE) return send(request);
  const headers = new Headers(request.headers);
  headers.set('accept', BOTH_TYPES);
  const response = await send(new Request(request.url, { method: request.method, headers, signal: request.signal }));
  return response.headers.get('content-type')?.startsWith(STREAM_TYPE) ? toJsonResponse(response) : response;
}

/** Progress notifications are dropped, as JSON has no place for them; a batch becomes an array. */
async function toJsonResponse(response: Response): Promise<Response> {
  const events = (await response.text()).split('\n').filter((line) => line.startsWith('data: {'));
  const messages = events.map((line) => line.slice('data: '.length)).filter((text) => 'id' in JSON.parse(text));
  const body = messages.length === 1 ? messages[0] : `[${messages.join(',')}]`;
  return new Response(body, { status: response.status, headers: { 'Content-Type': JSON_TYPE } });
}
