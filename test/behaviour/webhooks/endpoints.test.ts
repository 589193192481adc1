/** What endpoints do: hang, answer half, ask for patience. None of it costs anybody else. */
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

const SECOND = 1_000;
const SOON = { timeout: 30_000, interval: 10 };

let server: TestServer;
let receiver: WebhookReceiver;
beforeAll(async () => {
  server = await startTestServer({ environment: { FLEETBEAT_WEBHOOKS_EVERY: '20ms' } });
});
afterAll(() => server.close());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.close());

async function createAccount(webhooks = 1, at = server) {
  const { client } = await at.createAccount('unlimited');
  await client.keys.create({ programId: 'builder' });
  const ids: string[] = [];
  for (let each = 0; each < webhooks; each += 1)
    ids.push((await client.webhooks.create({ url: receiver.url, types: ['task.created'] })).webhookId);
  const give = async (count: number) => {
    for (let each = 0; each < count; each += 1) await client.tasks.create({ title: `Work ${each}`, target: 'builder' });
  };
  return { client, webhookId: ids[0] ?? '', give };
}

const writeRaw = (text: string) => (response: ServerResponse) => void response.socket?.end(text);
const UPGRADE = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

test.each([
  ['101 with an upgrade', writeRaw(UPGRADE), 101],
  ['101 without one', writeRaw('HTTP/1.1 101 Switching Protocols\r\n\r\n'), 101],
  ['103 and nothing else', writeRaw('HTTP/1.1 103 Early Hints\r\n\r\n'), null],
  ['half a head', writeRaw('HTTP/1.1 200 OK\r\nContent-'), null],
  ['no HTTP', writeRaw('220 mail.example ESMTP\r\n'), null],
  ['nothing, and closes', (response: ServerResponse) => void response.socket?.end(), null],
])('an endpoint that answers %s is a failed attempt', async (_what, reply, status) => {
  const { client, webhookId } = await createAccount();
  receiver.respondWith(reply);
  const { state, attempts } = await client.webhooks.test(webhookId);
  expect({ state, attempts }).toMatchObject({ state: 'failed', attempts: [{ status }] });
  expect(attempts[0]?.error).toMatch(/./);
});

test('the status decides: a 200 whose body never ends is a success', async () => {
  const { client, webhookId } = await createAccount();
  receiver.respondWith((response) => void response.writeHead(200).write('.'));
  expect(await client.webhooks.test(webhookId)).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }] });
});

test('an endpoint that accepts and says nothing fails after ten seconds, and holds up no other account', async () => {
  // As many as there once were workers in all.
  const accounts = await Promise.all([1, 2, 3, 4].map(() => createAccount(17)));
  const held: ServerResponse[] = [];
  receiver.respondWith((response) => void held.push(response));
  await Promise.all(accounts.map(({ give }) => give(5)));
  await expect.poll(() => held.length, SOON).toBeGreaterThanOrEqual(4 * 10);
  const other = await startWebhookReceiver();
  const { client } = await server.createAccount('unlimited');
  await client.keys.create({ programId: 'builder' });
  await client.webhooks.create({ url: other.url, types: ['task.created'] });
  await client.tasks.create({ title: 'Mine', target: 'builder' });
  await expect.poll(() => other.received.length, SOON).toBe(1);
  await other.close();
  const [{ client: first, webhookId }] = accounts as [Awaited<ReturnType<typeof createAccount>>];
  const lastError = async () =>
    (await first.webhooks.deliveries(webhookId)).deliveries.flatMap(({ attempts }) => attempts)[0]?.error;
  await expect.poll(lastError, SOON).toBe('No answer within 10 seconds.');
});

test('several deliveries of one webhook are under way at once while it succeeds', async () => {
  const { give } = await createAccount();
  const held: ServerResponse[] = [];
  let maxConcurrent = 0;
  receiver.respondWith((response) => {
    held.push(response);
    maxConcurrent = Math.max(maxConcurrent, held.length);
  });
  await give(20);
  while (receiver.received.length < 20) {
    const before = receiver.received.length;
    for (const response of held.splice(0)) response.writeHead(204).end();
    await expect.poll(() => receiver.received.length, SOON).toBeGreaterThan(before);
    // The rest of the batch is on its way too.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const response of held.splice(0)) response.writeHead(204).end();
  expect(maxConcurrent).toBeGreaterThan(2);
  expect(maxConcurrent).toBeLessThanOrEqual(10);
});

test('an endpoint that fails again and again is paused as a whole, says so, and goes on when it answers', async () => {
  const { client, webhookId, give } = await createAccount();
  receiver.respondWith(500);
  await give(40);
  const pausedUntil = async () => Date.parse((await client.webhooks.get(webhookId)).pausedUntil ?? '');
  await expect.poll(pausedUntil, SOON).toBeGreaterThan(server.clock.now());
  // Five failures in a row, and a few more on a slow machine, on which a pause of seconds passes: not forty.
  expect(receiver.received.length).toBeLessThan(12);
  const pauses: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const [count, until] = [receiver.received.length, await pausedUntil()];
    pauses.push(until - server.clock.now());
    server.clock.advance(pauses.at(-1) ?? 0);
    await expect.poll(pausedUntil, SOON).toBeGreaterThan(until);
    expect(receiver.received.length).toBeLessThanOrEqual(count + 2);
  }
  expect(pauses.at(-1)).toBeGreaterThan((pauses[0] ?? 0) * 2);
  receiver.respondWith(204);
  server.clock.advance(330 * SECOND);
  await expect.poll(async () => (await client.webhooks.get(webhookId)).pausedUntil, SOON).toBeNull();
  server.clock.advance(330 * SECOND);
  const pending = async () => (await client.webhooks.deliveries(webhookId, { state: 'pending' })).deliveries.length;
  await expect.poll(pending, SOON).toBe(0);
  expect(await client.webhooks.get(webhookId)).toMatchObject({ failingSince: null, pausedUntil: null });
});

test('a new URL ends the pause', async () => {
  const { client, webhookId, give } = await createAccount();
  receiver.respondWith(500);
  await give(10);
  const isPaused = async () => (await client.webhooks.get(webhookId)).pausedUntil !== null;
  await expect.poll(isPaused, SOON).toBe(true);
  receiver.respondWith(204);
  const count = receiver.received.length;
  await client.webhooks.update(webhookId, { url: `${receiver.url}/mended` });
  await expect.poll(() => receiver.received.length, SOON).toBeGreaterThan(count);
});

test.each([
  ['seconds', () => '90', 90],
  ['a date', () => new Date(server.clock.now() + 90 * SECOND).toUTCString(), 90],
  ['more than an hour, which is an hour', () => '999999', 3_600],
])('Retry-After in %s pauses the endpoint', async (_form, header, seconds) => {
  const { client, webhookId, give } = await createAccount();
  receiver.respondWith((response) => response.writeHead(429, { 'Retry-After': header() }).end());
  await give(2);
  const pausedUntil = async () => Date.parse((await client.webhooks.get(webhookId)).pausedUntil ?? '');
  await expect.poll(pausedUntil, SOON).toBeGreaterThan(0);
  const pauseMs = (await pausedUntil()) - server.clock.now();
  expect(pauseMs).toBeGreaterThan((seconds - 30) * SECOND);
  expect(pauseMs).toBeLessThanOrEqual(seconds * SECOND);
  expect(receiver.received).toHaveLength(1);
  receiver.respondWith(204);
  server.clock.advance(seconds * SECOND + 1);
  await expect.poll(() => receiver.received.length, SOON).toBe(3);
});

test('an account with many tests under way is asked to wait', async () => {
  const { client, webhookId } = await createAccount();
  receiver.respondWith(() => undefined);
  const tests = Array.from({ length: 17 }, () => client.webhooks.test(webhookId));
  const refused = await Promise.any(
    tests.map((each) =>
      each.then(
        () => Promise.reject(new Error('taken')),
        (error: unknown) => error,
      ),
    ),
  );
  expect(refused).toMatchObject({ status: 429, kind: 'too-many-requests' });
  await Promise.allSettled(tests);
});

test('what waits, and since when, can be measured', async () => {
  const quiet = await startTestServer({ environment: { FLEETBEAT_WEBHOOKS_EVERY: '20ms' } });
  const metric = async (name: string, endpoint: string) => {
    const { text } = await sendRaw(quiet.url, { method: 'GET', path: '/metrics', headers: bearer(quiet.adminKey) });
    return Number(new RegExp(`^fleetbeat_${name}\\{endpoint="${endpoint}"\\} (.+)$`, 'm').exec(text)?.[1]);
  };
  const { client, webhookId, give } = await createAccount(1, quiet);
  receiver.respondWith(500);
  await give(5);
  await expect.poll(async () => (await client.webhooks.get(webhookId)).pausedUntil, SOON).not.toBeNull();
  expect(await metric('webhook_deliveries_pending', 'failing')).toBeGreaterThanOrEqual(3);
  expect(await metric('webhook_deliveries_pending', 'answering')).toBe(0);
  await client.webhooks.update(webhookId, { enabled: false });
  expect(await metric('webhook_deliveries_pending', 'failing')).toBe(0);
  expect(await metric('webhook_oldest_pending_seconds', 'failing')).toBe(0);
  await quiet.close();
});

test('what no server has sent yet is measured too', async () => {
  const stuck = await startTestServer({ environment: { FLEETBEAT_WEBHOOKS_EVERY: '1d' } });
  const { give } = await createAccount(1, stuck);
  await give(3);
  stuck.clock.advance(60 * SECOND);
  const { text } = await sendRaw(stuck.url, { method: 'GET', path: '/metrics', headers: bearer(stuck.adminKey) });
  const age = /^fleetbeat_webhook_oldest_pending_seconds\{endpoint="answering"\} (.+)$/m.exec(text)?.[1];
  expect(Number(age)).toBeGreaterThanOrEqual(60);
  await stuck.close();
});
