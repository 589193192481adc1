import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFleetbeat, FleetbeatError, FleetbeatUnreachable } from '../../../clients/typescript/src/index.ts';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { createScriptedNetwork } from '../../support/scripted-network.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let proxy: CuttableProxy;
const server = useTestServer();
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await proxy.close();
});

/** A program's client without back-off delays. */
async function createClientOnUnreliableNetwork(options = {}) {
  const network = createScriptedNetwork();
  const { programId, key, client: good } = await server.createProgram();
  const client = createFleetbeat({ baseUrl: server.url, key, fetch: network.fetch, random: () => 0, ...options });
  return { network, client, good, programId };
}

/** The delay before each retry in milliseconds; timeouts of attempts are longer and filtered out. */
const waitForRetryDelay = (clock: ManualClock) => eventually(async () => clock.pendingDelays.find((ms) => ms < 30_000));

const busyResponse = (status: number, headers: Record<string, string> = {}) =>
  new Response('Busy', { status, headers });

describe('a lost response', () => {
  test('does not repeat the effect of a POST', async () => {
    const { network, client, good, programId } = await createClientOnUnreliableNetwork();
    network.dropResponses(2);
    const session = await client.sessions.create({ name: 'Once' });
    const { sessions } = await good.sessions.list({ programId });
    expect(sessions.map((each) => each.sessionId)).toEqual([session.sessionId]);
    const keys = network.sent.map((request) => request.headers.get('idempotency-key'));
    expect(keys).toEqual([expect.stringMatching(/^\d+(-\d+){3}$/), keys[0], keys[0]]);
  });

  test('does not reinforce a pattern twice', async () => {
    const { network, client, good, programId } = await createClientOnUnreliableNetwork();
    const learnedPatterns = [{ id: 'p-1', domain: 'auth', pattern: 'Check expiry', confidence: 0.9 }];
    await good.state.update(programId, { learnedPatterns });
    network.dropResponses(1);
    expect(await client.state.update(programId, { learnedPatterns })).toMatchObject({ version: 2 });
    expect((await good.state.read(programId)).version).toBe(2);
  });

  test('does not fail a versioned write because of its own success', async () => {
    const { network, client, good, programId } = await createClientOnUnreliableNetwork();
    network.dropResponses(1);
    const written = await client.state.update(programId, { config: { customSettings: { a: 1 } } }, { version: 0 });
    expect([written.version, (await good.state.read(programId)).version]).toEqual([1, 1]);
  });

  test('does not fail a removal that took effect', async () => {
    const { network, client, good, programId } = await createClientOnUnreliableNetwork();
    const pattern = { id: 'p-1', domain: 'auth', pattern: 'Check expiry', confidence: 0.9 };
    await good.state.update(programId, { learnedPatterns: [pattern] });
    network.dropResponses(1);
    await client.patterns.remove(programId, 'p-1', { version: 1 });
    expect((await good.state.read(programId)).learnedPatterns).toEqual([]);
    await expect(client.patterns.remove(programId, 'p-1')).rejects.toMatchObject({ kind: 'pattern-not-found' });
  });
});

describe('a call with a transient failure', () => {
  test('is retried during an outage, and succeeds afterwards', async () => {
    const clock = new ManualClock();
    const { key, client: good } = await server.createProgram();
    const client = createFleetbeat({ baseUrl: proxy.url, key, clock, random: () => 1 });
    await proxy.cut();
    const waits: number[] = [];
    const made = client.sessions.create({ name: 'Patient' });
    for (let failure = 0; failure < 3; failure += 1) {
      const next = await waitForRetryDelay(clock);
      waits.push(next);
      if (failure === 2) await proxy.restore();
      clock.advance(next);
    }
    const { sessionId } = await made;
    expect(waits).toEqual([250, 500, 1000]);
    expect(await good.sessions.get(sessionId)).toMatchObject({ name: 'Patient' });
  });

  test('finally fails with the number of attempts and the cause', async () => {
    const { key } = await server.createProgram();
    const client = createFleetbeat({ baseUrl: proxy.url, key, random: () => 0, retries: 2 });
    await proxy.cut();
    const error = await client.me().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FleetbeatUnreachable);
    expect(error).toMatchObject({ attempts: 3, cause: expect.any(TypeError) });
  });

  test.each([429, 503])('waits for Retry-After after %i', async (status) => {
    const clock = new ManualClock();
    const { network, client } = await createClientOnUnreliableNetwork({ clock });
    network.respondWith(busyResponse(status, { 'Retry-After': '7' }));
    const answer = client.me();
    expect(await waitForRetryDelay(clock)).toBe(7000);
    clock.advance(7000);
    expect(await answer).toMatchObject({ role: 'program' });
  });

  test('accepts a date in Retry-After', async () => {
    const clock = new ManualClock();
    const { network, client } = await createClientOnUnreliableNetwork({ clock });
    const at = new Date(Math.ceil(clock.now() / 1000) * 1000 + 5000);
    network.respondWith(busyResponse(503, { 'Retry-After': at.toUTCString() }));
    const answer = client.me();
    expect(await waitForRetryDelay(clock)).toBe(at.getTime() - clock.now());
    clock.advance(6000);
    await answer;
  });

  test("does not wait longer than a minute, and returns the server's Retry-After to the caller", async () => {
    const { network, client } = await createClientOnUnreliableNetwork();
    network.respondWith(busyResponse(429, { 'Retry-After': '3600' }));
    await expect(client.me()).rejects.toMatchObject({ status: 429, retryAfter: 3600 });
    expect(network.sent).toHaveLength(1);
  });

  test.each([400, 401, 403, 404, 409, 412, 500])('is not retried after %i', async (status) => {
    const { network, client } = await createClientOnUnreliableNetwork();
    network.respondWith(busyResponse(status));
    await expect(client.sessions.create({ name: 'No' })).rejects.toBeInstanceOf(FleetbeatError);
    expect(network.sent).toHaveLength(1);
  });

  test('is not retried if the client or the call disables retries', async () => {
    const { network, client } = await createClientOnUnreliableNetwork();
    network.respondWith(busyResponse(503));
    await expect(client.me({ retries: 0 })).rejects.toMatchObject({ status: 503 });
    expect(network.sent).toHaveLength(1);
  });
});

describe('a call', () => {
  test('times out and is retried', async () => {
    const clock = new ManualClock();
    const { network, client } = await createClientOnUnreliableNetwork({ clock, timeoutMs: 9000, retries: 1 });
    network.hang();
    const answer = client.me();
    clock.advance(await eventually(async () => clock.pendingDelays[0]));
    await eventually(async () => network.sent.length === 1 && clock.pendingDelays.length === 1);
    clock.advance(0);
    expect(await answer).toMatchObject({ role: 'program' });
    network.hang();
    const late = client.me({ timeoutMs: 20, retries: 0 });
    clock.advance(await eventually(async () => clock.pendingDelays[0]));
    await expect(late).rejects.toMatchObject({ name: 'FleetbeatUnreachable', cause: { name: 'TimeoutError' } });
  });

  test('is aborted by its signal, in flight and while it waits', async () => {
    const clock = new ManualClock();
    const { network, client } = await createClientOnUnreliableNetwork({ clock });
    const reason = new Error('Enough');
    network.hang();
    const underWay = new AbortController();
    const first = client.me({ signal: underWay.signal });
    underWay.abort(reason);
    await expect(first).rejects.toBe(reason);
    network.respondWith(busyResponse(503, { 'Retry-After': '30' }));
    const waiting = new AbortController();
    const second = client.me({ signal: waiting.signal });
    await eventually(async () => clock.pendingDelays.includes(30_000));
    waiting.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(clock.pendingDelays).toEqual([]);
  });

  test('with its own Idempotency-Key takes effect once across processes', async () => {
    const { client, good, programId } = await createClientOnUnreliableNetwork();
    const idempotencyKey = randomName('run');
    const first = await client.sessions.create({ name: 'Once' }, { idempotencyKey });
    expect(await good.sessions.create({ name: 'Once' }, { idempotencyKey })).toEqual(first);
    expect((await good.sessions.list({ programId })).sessions).toHaveLength(1);
  });
});
