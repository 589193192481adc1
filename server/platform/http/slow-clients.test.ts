import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { createHttpServer } from './http-server.ts';

const SHORT = { headersTimeout: 400, requestTimeout: 800, keepAliveTimeout: 200, connectionsCheckingInterval: 50 };
/** What Node adds to keepAliveTimeout. */
const KEEP_ALIVE_EXTRA_MS = 1_000;
const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
});

/** Opens a connection that the server has accepted, and collects all that it receives. */
async function open(): Promise<{ socket: Socket; received: () => string; closed: Promise<unknown> }> {
  const app = express().use((_request, response) => void response.send('Here'));
  server = createHttpServer(app, SHORT).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  socket.on('error', () => undefined);
  await Promise.all([accepted, once(socket, 'connect')]);
  return { socket, received: () => text, closed: once(socket, 'close') };
}

/** Blocks the event loop, as in a starved or suspended process: what arrives meanwhile waits in the kernel. */
function blockEventLoop(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

test('a request that arrived while the event loop was blocked is answered on a new connection', async () => {
  const { socket, received } = await open();
  socket.write(REQUEST);
  blockEventLoop(2 * SHORT.requestTimeout);
  await once(socket, 'data');
  expect(received()).toMatch(/^HTTP\/1\.1 200 /);
});

test('and on a keep-alive connection', async () => {
  const { socket, received } = await open();
  socket.write(REQUEST);
  await once(socket, 'data');
  socket.write(REQUEST);
  blockEventLoop(2 * (SHORT.keepAliveTimeout + KEEP_ALIVE_EXTRA_MS));
  await once(socket, 'data');
  expect(received().match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
});

test.each([
  ['sends nothing', ''],
  ['never ends its headers', 'GET / HTTP/1.1\r\nHost: a\r\n'],
  ['never ends its body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{'],
])('a connection that %s is closed, also after the event loop was blocked', async (_what, sent) => {
  const { socket, closed } = await open();
  if (sent) socket.write(sent);
  blockEventLoop(SHORT.headersTimeout);
  await closed;
});

test('an idle keep-alive connection is closed', async () => {
  const { socket, closed } = await open();
  socket.write(REQUEST);
  await closed;
});

test.each([
  ['before its headers end', 'GET / HTTP/1.1\r\nHost: a\r\n'],
  ['before its body ends', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{'],
  ['after its response', REQUEST],
])('a connection that the client half-closes %s is closed', async (_when, sent) => {
  const { socket, closed } = await open();
  socket.end(sent);
  await closed;
});
