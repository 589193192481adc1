/**
 * Requests that Node cannot parse, or that arrive too slowly, never reach the app. They too get a problem document (RFC
 * 9457), and their connection is closed.
 */
import { randomUUID } from 'node:crypto';
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Fault } from '../faults.ts';
import { toProblem } from './problem.ts';

/** Responds to the server's `clientError` events. */
export function handleMalformedRequests(server: Server): void {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.prependListener('request', ({ socket }, response) => void responses.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const lastResponse = responses.get(socket);
    const reject = () => {
      // In the middle of a response, a second one would be read as part of its body.
      const isMidResponse = lastResponse?.headersSent && !lastResponse.writableFinished;
      if (isMidResponse || !socket.writable || error.code === 'ECONNRESET') socket.destroy();
      else socket.end(serializeResponse(toFault(error)), () => socket.destroy());
    };
    // A complete request that came before the malformed data gets its response first.
    if (lastResponse?.req.complete && !lastResponse.writableFinished) lastResponse.once('finish', reject);
    else reject();
  });
}

/** Maps the error codes of Node's HTTP parser and timeouts. */
function toFault({ code }: NodeJS.ErrnoException): Fault {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Fault('request-too-slow', 'The headers must come within 15 seconds, the whole request within a minute.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Fault('headers-too-large', 'The address and the headers may have 16 kB together.');
  return new Fault('invalid-request', `This is no request of HTTP/1.1 (${code ?? 'unknown'}).`);
}

/** The complete response as raw HTTP: there is no ServerResponse for a request that could not be parsed. */
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
