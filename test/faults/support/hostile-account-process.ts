/** The process of a hostile account: runs all attacks at once between `start` and `stop`. */
import { Agent, request as openRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RawRequest } from '../../support/raw-request.ts';
import type { HostileOrders } from './hostile-account.ts';
import { startHostileEndpoints } from './hostile-endpoints.ts';
import { type Attack, listAttacks } from './hostile-requests.ts';
import { openSockets, type RawSocket, startDripping } from './raw-sockets.ts';

/** Sockets of each kind and server. */
const SOCKETS = 100;

let counts: Record<string, Record<string, number>> = {};
let agent = new Agent({ keepAlive: true });
/** The attack that runs. */
let running = new AbortController();

function count(name: string, result: string): void {
  counts[name] ??= {};
  const results = counts[name];
  results[result] = (results[result] ?? 0) + 1;
}

/** Resolves when the response is read, of a stream when it has begun; counts its status, or the error. */
function send(url: string, name: string, { method, path, headers = {}, body }: RawRequest): Promise<void> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve) => {
    const sending = openRequest(`${url}${path}`, { agent, method, headers: { ...length, ...headers } });
    sending.on('response', (response) => {
      count(name, String(response.statusCode));
      if (response.headers['content-type'] === 'text/event-stream') response.once('data', () => response.destroy());
      response.resume().on('error', () => undefined);
    });
    sending.on('error', (error: NodeJS.ErrnoException) => count(name, error.code ?? error.message));
    sending.on('close', resolve);
    sending.end(body);
  });
}

/** Sends the attack's requests one after the other. */
async function repeat(
  url: string,
  { name, restMs, next }: Attack,
  servers: number,
  signal: AbortSignal,
): Promise<void> {
  for (let number = 0; !signal.aborted; number += 1) {
    await send(url, name, next(number));
    await sleep(restMs * servers);
  }
}

/** Connections that send nothing, a head or a body too slowly, or half a body and an end; new ones when they are closed. */
async function occupySockets(url: string, key: string, signal: AbortSignal): Promise<void> {
  const head = `POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n`;
  const withBody = `${head}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"name":"`;
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
  while (!signal.aborted) {
    const kinds = await Promise.all(Array.from({ length: 4 }, () => openSockets(url, SOCKETS)));
    const [silent, headers, bodies, halfClosed] = kinds as [RawSocket[], RawSocket[], RawSocket[], RawSocket[]];
    for (const { socket } of headers) socket.write(head);
    for (const { socket } of bodies) socket.write(withBody);
    for (const { socket } of halfClosed) socket.end(withBody);
    count('sockets', 'opened');
    const stops = [startDripping(headers, 'X-More: 1\r\n'), startDripping(bodies, 'x')];
    const all = [...silent, ...headers, ...bodies, ...halfClosed];
    await Promise.race([Promise.all(all.map(({ closed }) => closed)), aborted]);
    for (const stop of stops) stop();
    for (const { socket } of all) socket.destroy();
    await sleep(SOCKETS);
  }
}

async function registerWebhooks({ servers: [url = ''], adminKey }: HostileOrders): Promise<void> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const { urls } = await startHostileEndpoints();
  await Promise.all(
    urls.map((target) => {
      const body = JSON.stringify({ url: target, types: ['task.created', 'session.updated'] });
      return send(url, 'webhooks', { method: 'POST', path: '/v1/webhooks', headers, body });
    }),
  );
}

let attacks: readonly Attack[] = [];
let orders: HostileOrders | undefined;

async function prepare(received: HostileOrders): Promise<void> {
  orders = received;
  attacks = listAttacks(received);
  await registerWebhooks(received);
  process.send?.(['sockets', ...attacks.map(({ name }) => name)]);
}

function start({ servers, adminKey }: HostileOrders): void {
  counts = {};
  agent = new Agent({ keepAlive: true });
  running = new AbortController();
  const { signal } = running;
  for (const url of servers) {
    void occupySockets(url, adminKey, signal).catch((error) => count('sockets', error.code ?? error.message));
    for (const each of attacks)
      for (let index = 0; index < each.concurrency; index += 1) void repeat(url, each, servers.length, signal);
  }
  process.send?.('started');
}

process.on('message', (message: HostileOrders | 'start' | 'count' | 'stop') => {
  if (typeof message === 'object') return void prepare(message);
  if (message === 'start' && orders) return start(orders);
  if (message === 'count') return process.send?.(counts);
  const sent = counts;
  counts = {};
  running.abort();
  agent.destroy();
  process.send?.(sent);
});
