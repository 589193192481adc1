import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { requestStatuses, sendRequest, startRateLimitedServer } from '../../support/rate-limited-server.ts';
import type { TestServer } from '../../support/test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

const ALLOWED = 20;

let server: TestServer;
beforeEach(async () => {
  server = await startRateLimitedServer({ environment: { FLEETBEAT_TRUST_PROXY: 'loopback' } });
});
afterEach(() => server.close());

const wrongKey = () => `fb_${randomBytes(6).toString('hex')}_${randomBytes(16).toString('hex')}`;
/** As a trusted proxy tells whose request it hands on. */
const from = (address: string) => ({ 'X-Forwarded-For': address });
const guessKey = async (headers = {}, path = '/v1/me') =>
  (await sendRequest(server.url, { key: wrongKey(), headers, path })).status;
const guessKeys = async (count: number, headers = {}) => {
  for (let each = 0; each < count; each += 1) expect(await guessKey(headers)).toBe(401);
};

test('an address may send 20 keys in a minute that are refused; then it gets 429', async () => {
  await guessKeys(ALLOWED);
  const refusal = await sendRequest(server.url, { key: wrongKey() });
  expect(refusal).toMatchObject({ status: 429, problem: { type: '/problems/too-many-requests' } });
  expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('keys that are accepted are not counted, however many', async () => {
  const { key } = await server.createProgram();
  expect(await requestStatuses(server.url, 2 * ALLOWED, { key })).toEqual(new Array(2 * ALLOWED).fill(200));
  expect(await guessKey()).toBe(401);
});

test('valid callers behind the same address are not harmed', async () => {
  const { key, client } = await server.createProgram();
  await client.me();
  await guessKeys(ALLOWED);
  expect(await guessKey()).toBe(429);
  await client.sessions.create({ name: 'Still here' });
  expect(await requestStatuses(server.url, 30, { key })).toEqual(new Array(30).fill(200));
});

test('a right credential is let in, however many wrong ones came from its address: key, sign-in, cookie and link', async () => {
  const [signedIn, pasted, fresh] = [
    await server.createProgram(),
    await server.createProgram(),
    await server.createProgram(),
  ];
  const page = openWebPage(server.url);
  expect((await page.signIn({ key: signedIn.key })).status).toBe(200);
  const link = (await server.createOperatorInvitation()) ?? '';
  await guessKeys(ALLOWED);
  // Nothing is cached any more, as after a restart.
  await pause(1_100);
  expect(await guessKey()).toBe(429);
  expect((await sendRequest(server.url, { key: fresh.key })).status).toBe(200);
  expect((await page.request('GET', '/v1/me')).status).toBe(200);
  expect((await openWebPage(server.url).signIn({ key: pasted.key })).status).toBe(200);
  expect((await openWebPage(server.url).signIn({ invitation: link })).status).toBe(200);
  const mcp = { method: 'POST', path: '/mcp', body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } };
  const headers = { Accept: 'application/json, text/event-stream' };
  expect((await sendRequest(server.url, { key: signedIn.key, headers, ...mcp })).status).toBe(200);
  expect(await guessKey()).toBe(429);
});

test('a right key is let in while a flood of wrong ones from its address is under way', async () => {
  const { key } = await server.createProgram();
  await guessKeys(ALLOWED);
  await pause(1_100);
  const guesses = Array.from({ length: 100 }, () => guessKey());
  expect((await sendRequest(server.url, { key })).status).toBe(200);
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([429]));
});

test('wrong cookies and links are counted like wrong keys', async () => {
  for (let each = 0; each < ALLOWED / 2; each += 1) {
    const cookie = { Cookie: `fleetbeat=${randomBytes(32).toString('base64url')}` };
    expect((await sendRequest(server.url, { headers: cookie })).status).toBe(401);
    expect((await openWebPage(server.url).signIn({ invitation: 'guessed' })).status).toBe(401);
  }
  expect((await openWebPage(server.url).signIn({ invitation: 'guessed' })).status).toBe(429);
  expect(await guessKey()).toBe(429);
});

test('a failed authentication is logged with its address and key id, and without its secret', async () => {
  const lines: string[] = [];
  const logging = await startRateLimitedServer({
    environment: { FLEETBEAT_TRUST_PROXY: 'loopback', FLEETBEAT_LOG_LEVEL: 'warn' },
    logDestination: { write: (line: string) => void lines.push(line) },
  });
  try {
    const secret = randomBytes(16).toString('hex');
    const attempts = { key: `fb_stolen-7_${secret}`, headers: from('192.0.2.7') };
    expect(await requestStatuses(logging.url, ALLOWED + 5, attempts)).toContain(429);
    const entries = lines.map((line) => JSON.parse(line));
    const failures = entries.filter(({ msg }) => msg === 'authentication failed');
    expect(failures[0]).toMatchObject({ level: 40, address: '192.0.2.7', credential: 'key', keyId: 'stolen-7' });
    expect(lines.join('')).not.toContain(secret);
    // What goes beyond the budget cannot fill the disk.
    expect(failures).toHaveLength(ALLOWED);
    expect(entries.some(({ msg }) => msg === 'budget of invalid credentials spent')).toBe(true);
  } finally {
    await logging.close();
  }
});

test('a key that was revoked is a refused key like any other', async () => {
  const { key, client } = await server.createProgram();
  const { keyId } = await client.me();
  await server.admin.keys.revoke(keyId);
  expect(await requestStatuses(server.url, ALLOWED, { key })).toEqual(new Array(ALLOWED).fill(401));
  expect((await sendRequest(server.url, { key })).status).toBe(429);
});

test('a cached key id with a wrong secret is refused', async () => {
  const { key, client } = await server.createProgram();
  await client.me();
  const forged = `${key.slice(0, -4)}${key.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
  expect(await requestStatuses(server.url, ALLOWED + 1, { key: forged })).toEqual([
    ...new Array(ALLOWED).fill(401),
    429,
  ]);
});

test('invalid keys at /mcp and REST count against one budget', async () => {
  const mcp = { method: 'POST', path: '/mcp', body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } };
  const seen: number[] = [];
  for (let each = 0; each < ALLOWED / 2; each += 1) {
    seen.push((await sendRequest(server.url, { key: wrongKey(), ...mcp })).status, await guessKey());
  }
  expect(new Set(seen)).toEqual(new Set([401]));
  expect((await sendRequest(server.url, { key: wrongKey(), ...mcp })).status).toBe(429);
  expect(await guessKey()).toBe(429);
});

test('a request without a key is no guess', async () => {
  expect(await requestStatuses(server.url, 2 * ALLOWED, {})).toEqual(new Array(2 * ALLOWED).fill(401));
  expect(await guessKey()).toBe(401);
  await guessKeys(ALLOWED - 1);
  expect(await guessKey()).toBe(429);
  expect((await sendRequest(server.url, {})).status).toBe(401);
  expect((await sendRequest(server.url, { path: '/healthz' })).status).toBe(200);
});

test('behind a trusted proxy each address has its own budget, and an IPv6 network counts as one', async () => {
  await guessKeys(ALLOWED, from('192.0.2.7'));
  expect(await guessKey(from('192.0.2.7'))).toBe(429);
  expect(await guessKey(from('192.0.2.8'))).toBe(401);
  for (let each = 0; each < ALLOWED; each += 1) expect(await guessKey(from(`2001:db8::${each + 1}`))).toBe(401);
  expect(await guessKey(from('2001:db8::ffff'))).toBe(429);
  expect(await guessKey(from('2001:db8:0:1::1'))).toBe(401);
});

test("without trusted proxies, callers can't choose the counted address", async () => {
  const strict = await startRateLimitedServer({ environment: { FLEETBEAT_REFUSED_KEYS_PER_MINUTE: '3' } });
  try {
    const seen: number[] = [];
    for (let each = 0; each < 4; each += 1) {
      seen.push((await sendRequest(strict.url, { key: wrongKey(), headers: from(`192.0.2.${each}`) })).status);
    }
    expect(seen).toEqual([401, 401, 401, 429]);
  } finally {
    await strict.close();
  }
});
