/** A process with many callers: opens a connection for each, then sends all requests at the same moment. */
import { connect, type Socket } from 'node:net';
import type { ConnectionPoolCommand, ConnectionPoolReply } from './connection-pool.ts';

/** Several source addresses, because one has too few ports. */
const ADDRESSES = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
const MAX_CONCURRENT = 500;

const WARM_UP_REQUEST = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** A connection that has had one response: the server soon closes one that sends nothing. */
function openConnection(port: number, index: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: ADDRESSES[index % ADDRESSES.length] });
    socket.once('error', reject).once('data', () => resolve(socket.off('error', reject)));
    socket.write(WARM_UP_REQUEST);
  });
}

/** Status and body of its only response, after which the connection closes. */
function readResponse(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(`broken: ${error.code}`));
    socket.on('close', () => resolve(classifyResponse(Buffer.concat(pieces).toString())));
    socket.write(request);
  });
}

/** `200`, or the status and the problem: `503 /problems/unavailable`. */
function classifyResponse(answer: string): string {
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 'no answer';
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  if (status.startsWith('2')) return JSON.parse(body) ? status : 'no body';
  return `${status} ${/"type":"([^"]+)"/.exec(body)?.[1] ?? 'no problem'}`;
}

/** The server may close idle connections; a later request reconnects. */
const sendRequest = async (socket: Socket, index: number, request: string): Promise<string> =>
  readResponse(socket.writable ? socket : await openConnection(port, index), request);

let sockets: Socket[] = [];
let port = 0;
process.on('message', async (order: ConnectionPoolCommand) => {
  if ('open' in order) {
    port = order.port;
    for (let from = 0; from < order.open; from += MAX_CONCURRENT) {
      const count = Math.min(MAX_CONCURRENT, order.open - from);
      sockets.push(
        ...(await Promise.all(Array.from({ length: count }, (_, each) => openConnection(port, from + each)))),
      );
    }
    return void process.send?.({ open: sockets.length } satisfies ConnectionPoolReply);
  }
  const { requests } = order;
  const kinds = await Promise.all(
    sockets.map((socket, index) => sendRequest(socket, index, requests[index % requests.length] ?? '')),
  );
  sockets = [];
  const answers: Record<string, number> = {};
  for (const kind of kinds) answers[kind] = (answers[kind] ?? 0) + 1;
  process.send?.({ answers } satisfies ConnectionPoolReply);
});
