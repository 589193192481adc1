/** The documents of OAuth clients are read from whatever servers strangers name: real ones here, that do their worst. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createAuthority } from '../../../test/support/certificates.ts';
import { createGuardedFetch } from './guarded-fetch.ts';

const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-documents-'));
const authority = createAuthority(folder, 'documents');
const { cert, key } = authority.issue('server', 'localhost');
const ca = readFileSync(authority.ca, 'utf8');

let answer: (response: ServerResponse) => void;
const requests: string[] = [];
const sockets = new Set<Socket>();
const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
  requests.push(`${request.method} ${request.url}`);
  answer(response);
});
server.on('secureConnection', (socket) => {
  sockets.add(socket);
  socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
});

let port: number;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});
beforeEach(() => void requests.splice(0));

/** The guard as it is, but for this machine, this authority and a shorter patience. */
const read = (path = '/client.json', timeoutMs = 10_000) =>
  createGuardedFetch('test', { allowPrivate: true, ports: [port], ca, servername: 'localhost', timeoutMs })(
    `https://127.0.0.1:${port}${path}`,
  );
const untilClosed = () => expect.poll(() => sockets.size, { timeout: 10_000 }).toBe(0);

test('a small document is read', async () => {
  answer = (response) => response.writeHead(200, { 'cache-control': 'max-age=60' }).end('{"client_id":"x"}');
  const document = await read();
  expect([document.status, await document.json(), document.headers.get('cache-control')]).toEqual([
    200,
    { client_id: 'x' },
    'max-age=60',
  ]);
});

test.each([301, 302, 303, 307, 308])('a redirect by %i is not followed', async (status) => {
  answer = (response) => response.writeHead(status, { location: `https://127.0.0.1:${port}/elsewhere` }).end();
  expect((await read()).status).toBe(502);
  expect(requests).toEqual(['GET /client.json']);
});

test.each<[string, (response: ServerResponse) => void]>([
  ['that says so', (response) => response.writeHead(200, { 'content-length': 1e9 }).write(Buffer.alloc(64 * 1024))],
  ['that never ends', (response) => void writeForever(response)],
  ['of one byte too many', (response) => response.end(Buffer.alloc(16 * 1024 + 1))],
])('a huge document %s is given up, and its connection closed', async (_what, huge) => {
  answer = huge;
  await expect(read()).rejects.toThrow('more than 16384 bytes');
  await untilClosed();
});

test('a document of exactly the limit is read', async () => {
  answer = (response) => response.end(Buffer.alloc(16 * 1024, ' '));
  expect((await (await read()).text()).length).toBe(16 * 1024);
});

test.each<[string, (response: ServerResponse) => void]>([
  ['says nothing', () => undefined],
  ['sends a byte at a time', (response) => void setInterval(() => response.write(' '), 20).unref()],
])('a server that %s is given up in time, and its connection closed', async (_what, slow) => {
  answer = slow;
  await expect(read('/slow', 400)).rejects.toThrow('in time');
  await untilClosed();
});

test('a server that accepts and never speaks TLS is given up in time', async () => {
  const silent = createTcpServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address() as AddressInfo;
  const options = { allowPrivate: true, ports: [address.port], ca, timeoutMs: 400 };
  await expect(createGuardedFetch('test', options)(`https://127.0.0.1:${address.port}/`)).rejects.toThrow('in time');
  await expect.poll(() => new Promise((resolve) => silent.getConnections((_e, count) => resolve(count)))).toBe(0);
  silent.close();
});

test('half an answer is none', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"client_id"');
    setTimeout(() => response.destroy(), 20);
  };
  await expect(read()).rejects.toThrow();
});

test('a certificate that nobody vouches for is refused', async () => {
  answer = (response) => response.end('{}');
  const stranger = createGuardedFetch('test', { allowPrivate: true, ports: [port] });
  await expect(stranger(`https://127.0.0.1:${port}/`)).rejects.toThrow(/certificate/);
  expect(requests).toEqual([]);
});

test.each([
  'https://127.0.0.1:PORT/',
  'https://127.1:PORT/',
  'https://2130706433:PORT/',
  'https://0x7f.0.0.1:PORT/',
  'https://[::ffff:127.0.0.1]:PORT/',
  'https://[::1]:PORT/',
  'https://localhost:PORT/',
  'https://127.0.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/',
  'https://[fd00::1]/',
  'https://metadata.google.internal/',
  'http://editor.example/',
  'file:///etc/passwd',
])('as the server uses it nothing of this network is read: %s', async (address) => {
  answer = (response) => response.end('{}');
  await expect(createGuardedFetch('test')(address.replace('PORT', String(port)))).rejects.toThrow();
  expect(requests).toEqual([]);
});

async function writeForever(response: ServerResponse): Promise<void> {
  response.on('error', () => undefined);
  while (!response.destroyed)
    if (!response.write(Buffer.alloc(8 * 1024))) await once(response, 'drain').catch(() => undefined);
}
