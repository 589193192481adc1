/**
 * What cannot be read as HTTP, or does not arrive in time, never reaches the app: its sender too is told by a problem
 * document (RFC 9457), and its connection is closed.
 */
import { randomUUID } from 'node:crypto';
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Fault } from '../faults.ts';
import { toProblem } from './problem.ts';

export function handleMalformedRequests(server: Server): void {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.prependListener('request', ({ socket }, response) => void responses.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const lastResponse = responses.get(socket);
    const refuse = () => {
      // Within an answer that has begun, a second one would be taken for a part of it.
      const isWithin = lastResponse?.headersSent && !lastResponse.writableFinished;
      if (isWithin || !socket.writable || error.code === 'ECONNRESET') socket.destroy();
      else socket.end(serializeResponse(toFault(error)), () => socket.destroy());
    };
    // A request that was whole came before what cannot be read, so it is answered first.
    if (lastResponse?.req.complete && !lastResponse.writableFinished) lastResponse.once('finish', refuse);
    else refuse();
  });
}

/** The codes are those of Node's HTTP parser and of its time limits. */
function toFault({ code }: NodeJS.ErrnoException): Fault {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Fault('request-too-slow', 'The headers must come within 15 seconds, the whole request within a minute.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Fault('headers-too-large', 'The address and the headers may have 16 kB together.');
  return new Fault('invalid-request', `This is no request of HTTP/1.1 (${code ?? 'unknown'}).`);
}

/** The whole answer, as it goes over the wire. */
function serializeResponse(fault: Fault): string {
  const id = randomUUID();
  const problem = toProblem(fault, id);
  const body = JSON.stringify(problem);
  const headers = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${id}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}
