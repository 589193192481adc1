import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.ts';
import { connect } from './connection.ts';
import { FleetbeatUnreachable } from './error.ts';
import { createFleetbeat, type Fetch } from './index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const key = 'fb_a_b';
const me = { accountId: 'a', role: 'program' };

/** A server that accepts connections and reads, but never answers; with `beginAnswer` it begins an answer and stops. */
async function startSilentServer(answer = '') {
  const sockets = new Set<Socket>();
  let closed = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('close', () => {
      closed += 1;
    });
    socket.on('data', () => answer && socket.write(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    countClosed: () => closed,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe('limits hold', () => {
  let collecting: NodeJS.Timeout;
  beforeEach(() => {
    collecting = setInterval(collectGarbage, 20);
  });
  afterEach(() => clearInterval(collecting));

  test.each([
    ['no answer', ''],
    ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"a'],
  ])('of time, with garbage collection, for a server that sends %s', async (_what, answer) => {
    const server = await startSilentServer(answer);
    const fleetbeat = createFleetbeat({ baseUrl: server.baseUrl, key, retries: 0, timeoutMs: 300 });
    const error: unknown = await fleetbeat.me().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'FleetbeatUnreachable', attempts: 1, cause: { name: 'TimeoutError' } });
    await server.close();
  });

  test('of a signal, with garbage collection, and the connection is closed', async () => {
    const server = await startSilentServer();
    const fleetbeat = createFleetbeat({ baseUrl: server.baseUrl, key, retries: 0 });
    const reason = new Error('Enough');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 300);
    await expect(fleetbeat.me({ signal: controller.signal })).rejects.toBe(reason);
    await expect.poll(server.countClosed, { timeout: 20_000 }).toBeGreaterThan(0);
    await server.close();
  });

  test('of a followed stream of events that gets no answer', async () => {
    const server = await startSilentServer();
    const fleetbeat = createFleetbeat({ baseUrl: server.baseUrl, key });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    expect(await fleetbeat.events({ signal: controller.signal }).next()).toEqual({ done: true, value: undefined });
    await server.close();
  });

  test('for a fetch that ignores its signal', async () => {
    const fetch: Fetch = () => new Promise(() => undefined);
    const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key, fetch, retries: 0, timeoutMs: 20 });
    await expect(fleetbeat.me()).rejects.toBeInstanceOf(FleetbeatUnreachable);
    const reason = new Error('Enough');
    await expect(fleetbeat.me({ timeoutMs: 60_000, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

/** A client whose clock moves by exactly what it waits for, and that is always told to wait the whole back-off. */
function createClient(fetch: Fetch) {
  const clock = new ManualClock();
  const startedAt = clock.now();
  const waiting = setInterval(() => {
    const [next] = clock.pendingDelays;
    if (next !== undefined) clock.advance(next);
  });
  const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key, fetch, clock, random: () => 1 });
  return { fleetbeat, elapsedMs: () => clock.now() - startedAt, stop: () => clearInterval(waiting) };
}

describe('a limit in time', () => {
  const away: Fetch = () => Promise.reject(new TypeError('fetch failed'));

  test('retries for as long as it lasts, and not longer', async () => {
    const { fleetbeat, elapsedMs, stop } = createClient(away);
    const error = await fleetbeat.me({ within: '2m' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FleetbeatUnreachable);
    expect((error as FleetbeatUnreachable).attempts).toBeGreaterThan(4);
    expect(elapsedMs()).toBeLessThanOrEqual(120_000);
    stop();
  });

  test('beside a number of retries ends with whichever is reached first', async () => {
    const { fleetbeat, elapsedMs, stop } = createClient(away);
    await expect(fleetbeat.me({ within: '2m', retries: 1 })).rejects.toMatchObject({ attempts: 2 });
    expect(elapsedMs()).toBe(250);
    await expect(fleetbeat.me({ within: 300, retries: 9 })).rejects.toMatchObject({ attempts: 2 });
    stop();
  });

  test('also ends an attempt that has more time of its own', async () => {
    const { fleetbeat, elapsedMs, stop } = createClient(() => new Promise(() => undefined));
    await expect(fleetbeat.me({ within: 5_000 })).rejects.toMatchObject({
      attempts: 1,
      cause: { name: 'TimeoutError' },
    });
    expect(elapsedMs()).toBe(5_000);
    stop();
  });

  test('gives the last refusal back instead of waiting beyond it', async () => {
    const busy: Fetch = async () => new Response('', { status: 503, headers: { 'Retry-After': '7' } });
    const { fleetbeat, elapsedMs, stop } = createClient(busy);
    await expect(fleetbeat.me({ within: 5_000 })).rejects.toMatchObject({ status: 503, retryAfter: 7 });
    expect(elapsedMs()).toBe(0);
    stop();
  });
});

describe('fetch', () => {
  test('is called with a string and a plain object, so that another implementation can take it', async () => {
    const calls: [unknown, RequestInit][] = [];
    const fetch: Fetch = async (url, init) => {
      calls.push([url, init]);
      return Response.json(me);
    };
    const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost/', key, fetch });
    await fleetbeat.me();
    await fleetbeat.tasks.create({ title: 'Review', target: '*' });
    expect(calls).toMatchObject([
      ['http://localhost/v1/me', { method: 'GET', headers: { authorization: `Bearer ${key}` } }],
      [
        'http://localhost/v1/tasks',
        { method: 'POST', body: '{"title":"Review","target":"*"}', signal: expect.any(AbortSignal) },
      ],
    ]);
    for (const [url, init] of calls)
      expect([typeof url, Object.getPrototypeOf(init.headers)]).toEqual(['string', Object.prototype]);
  });

  test('may return a response of another implementation', async () => {
    const foreign = { status: 200, statusText: 'OK', headers: new Map([['content-type', 'application/json']]) };
    const fetch = async () => ({ ...foreign, arrayBuffer: async () => new TextEncoder().encode(JSON.stringify(me)) });
    const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key, fetch: fetch as unknown as Fetch });
    expect(await fleetbeat.me()).toEqual(me);
  });
});

describe('an error says what went wrong', () => {
  test('for a port where nothing listens: method, path and code', async () => {
    const { baseUrl, close } = await startSilentServer();
    await close();
    await expect(createFleetbeat({ baseUrl, key, retries: 0 }).me()).rejects.toThrow(
      `${baseUrl} gave no answer to GET /v1/me: ECONNREFUSED (tried once)`,
    );
  });

  test.each(['localhost:8787', '', 'ftp://localhost', '/'])('at once for the baseUrl "%s"', (baseUrl) => {
    expect(() => connect({ baseUrl, key })).toThrow(TypeError);
  });

  test.each(['', '.', '..'])('for the id "%s", which would call another operation', async (id) => {
    const fetch: Fetch = async () => Response.json({ tasks: [], nextCursor: null });
    const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key, fetch });
    await expect(fleetbeat.tasks.get(id)).rejects.toThrow(`taskId is "${id}"`);
    await expect(fleetbeat.state.read(id)).rejects.toThrow(TypeError);
  });
});
