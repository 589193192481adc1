import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  parseRateLimitItems,
  requestStatuses,
  sendRequest,
  startRateLimitedServer,
} from '../../support/rate-limited-server.ts';
import type { TestServer } from '../../support/test-server.ts';

/** Of the tier free, per minute. */
const READS = 120;
const WRITES = 60;

let server: TestServer;
beforeAll(async () => {
  server = await startRateLimitedServer();
});
afterAll(() => server.close());

/** Refused as a bad request: it costs a write, and changes nothing. */
const write = { method: 'POST', path: '/v1/sessions', body: {} };

test('every response has the budgets of the key and its account, and what remains', async () => {
  const { key } = await server.createAccount('free');
  const first = await sendRequest(server.url, { key });
  expect(parseRateLimitItems(first.headers.get('ratelimit-policy'))).toEqual({
    'key-reads': { q: READS, w: 60 },
    'account-reads': { q: 2 * READS, w: 60 },
  });
  const second = await sendRequest(server.url, { key });
  expect(parseRateLimitItems(second.headers.get('ratelimit'))).toMatchObject({
    'key-reads': { r: READS - 2 },
    'account-reads': { r: 2 * READS - 2 },
  });
  expect(
    parseRateLimitItems((await sendRequest(server.url, { key, ...write })).headers.get('ratelimit')),
  ).toMatchObject({
    'key-writes': { r: WRITES - 1 },
  });
});

test('a key that has spent its read budget gets 429 with Retry-After, and may still write', async () => {
  const { key } = await server.createAccount('free');
  expect(await requestStatuses(server.url, READS, { key })).toEqual(new Array(READS).fill(200));
  const refusal = await sendRequest(server.url, { key });
  expect(refusal).toMatchObject({ status: 429, problem: { type: '/problems/too-many-requests' } });
  const retryAfter = Number(refusal.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(60);
  expect(refusal.problem.retryAfterSeconds).toBe(retryAfter);
  expect(parseRateLimitItems(refusal.headers.get('ratelimit'))).toEqual({ 'key-reads': { r: 0, t: retryAfter } });
  expect((await sendRequest(server.url, { key, ...write })).status).toBe(400);
});

test('signing in costs a write of its key', async () => {
  const { key } = await server.createAccount('free');
  const signIn = { method: 'POST', path: '/v1/sign-in', body: { key } };
  expect(new Set(await requestStatuses(server.url, WRITES, signIn))).toEqual(new Set([200]));
  expect((await sendRequest(server.url, signIn)).status).toBe(429);
});

test('a request that is refused for whatever other reason has cost as much', async () => {
  const { key } = await server.createAccount('free');
  const malformed = { ...write, key, headers: { 'Content-Type': 'text/plain' } };
  expect(new Set(await requestStatuses(server.url, WRITES / 2, malformed))).toEqual(new Set([415]));
  expect(new Set(await requestStatuses(server.url, WRITES / 2, { ...write, key, path: '/v1/nowhere' }))).toEqual(
    new Set([404]),
  );
  expect((await sendRequest(server.url, { ...write, key })).status).toBe(429);
});

test('another spelling of a path, or HEAD, does not bypass the budget', async () => {
  const { key } = await server.createAccount('free');
  await requestStatuses(server.url, READS, { key });
  for (const path of ['/v1/me/', '/V1/me', '/v1/ME', '/v1/me?x=1', '/v1/sessions']) {
    expect((await sendRequest(server.url, { key, path })).status, path).toBe(429);
  }
  expect((await sendRequest(server.url, { key, method: 'HEAD' })).status).toBe(429);
});

test('a runaway key leaves other keys of its account their share', async () => {
  const { key, client } = await server.createAccount('free');
  const other = await client.keys.create({ role: 'auditor' });
  const wild = await requestStatuses(server.url, 3 * READS, { key });
  expect(wild.filter((status) => status === 200)).toHaveLength(READS);
  expect(await requestStatuses(server.url, READS, { key: other.key })).toEqual(new Array(READS).fill(200));
});

test('the keys of an account together may send no more than the account', async () => {
  const { client } = await server.createAccount('free');
  const keys = await Promise.all([1, 2, 3].map(async () => (await client.keys.create({ role: 'auditor' })).key));
  const answers = await Promise.all(keys.map((key) => requestStatuses(server.url, READS, { key })));
  expect(answers.flat().filter((status) => status === 200)).toHaveLength(2 * READS);
});

test('of many simultaneous requests exactly the budget passes', async () => {
  const { key } = await server.createAccount('free');
  const answers = await Promise.all(Array.from({ length: READS + 40 }, () => sendRequest(server.url, { key })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(READS);
});

test('an account does not use the budget of another', async () => {
  const [one, two] = [await server.createAccount('free'), await server.createAccount('free')];
  await requestStatuses(server.url, READS + 1, { key: one.key });
  expect((await sendRequest(server.url, { key: two.key })).status).toBe(200);
});

test('the tier unlimited has no budget', async () => {
  const answers = await Promise.all(
    Array.from({ length: 650 }, () => sendRequest(server.url, { key: server.adminKey, ...write })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
  expect(answers[0]?.headers.has('ratelimit')).toBe(false);
});

test('public pages cost nothing', async () => {
  const { key } = await server.createAccount('free');
  await requestStatuses(server.url, READS + 1, { key });
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs', '/problems/too-many-requests']) {
    expect((await sendRequest(server.url, { key, path })).status, path).toBe(200);
  }
});
