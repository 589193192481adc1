import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
const ACCEPTED = 'application/json, text/event-stream';

const send = (body: unknown, headers: Record<string, string> = {}, key: string | null = server.adminKey) => {
  const post = request(server.url).post('/mcp').set('Accept', ACCEPTED).set('Content-Type', 'application/json');
  if (key !== null) post.set('Authorization', `Bearer ${key}`);
  return post.set(headers).send(body as string);
};

const stillWorks = async () => {
  const answer = await send(LIST);
  expect([answer.status, answer.text.includes('create_session')]).toEqual([200, true]);
};

describe('without a valid key', () => {
  const WRONG = [null, 'nonsense', 'fb_nobody_0123456789abcdef0123', 'fb__'];

  test.each(WRONG)('a request with the key %j is asked for a valid one', async (key) => {
    const answer = await send(LIST, {}, key);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(answer.body).toMatchObject({ type: '/problems/unauthenticated', status: 401, instance: expect.any(String) });
  });

  test('a revoked key is refused on its next request', async () => {
    const { keyId, key } = await server.admin.keys.create({ role: 'auditor' });
    expect((await send(LIST, {}, key)).status).toBe(200);
    await server.admin.keys.revoke(keyId);
    expect((await send(LIST, {}, key)).status).toBe(401);
  });
});

describe('a page from another origin', () => {
  test.each(['evil.example', 'evil.example:8787', '127.0.0.1.evil.example', '169.254.169.254'])(
    'reaches nothing under the host %s',
    async (host) => {
      const answer = await send(LIST, { Host: host });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ type: '/problems/forbidden', detail: expect.stringContaining('Host') });
    },
  );

  test.each(['https://evil.example', 'http://127.0.0.1.evil.example', 'null', 'file://'])(
    'reaches nothing from the origin %s',
    async (origin) => {
      const answer = await send(LIST, { Origin: origin });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ type: '/problems/forbidden', detail: expect.stringContaining('Origin') });
    },
  );

  test('is distinguished from a page of this machine', async () => {
    for (const origin of ['http://localhost:3000', 'http://127.0.0.1:8787']) {
      expect((await send(LIST, { Origin: origin })).status).toBe(200);
    }
    expect((await send(LIST, { Host: 'localhost:8787' })).status).toBe(200);
  });

  test("is allowed if the server's owner configures its host", async () => {
    const named = await startTestServer({
      environment: { FLEETBEAT_ALLOWED_HOSTS: 'fleet.example' },
      database: server.database,
    });
    const from = (host: string) =>
      request(named.url)
        .post('/mcp')
        .set({ Accept: ACCEPTED, Authorization: `Bearer ${named.adminKey}`, Host: host })
        .send(LIST);
    expect((await from('fleet.example')).status).toBe(200);
    expect((await from('evil.example')).status).toBe(403);
    await named.close();
  });
});

describe('invalid requests', () => {
  test.each(['get', 'delete'] as const)('%s is not a method of this endpoint', async (method) => {
    const answer = await request(server.url)
      [method]('/mcp')
      .set({ Accept: ACCEPTED, Authorization: `Bearer ${server.adminKey}` });
    expect(answer.status).toBe(405);
    await stillWorks();
  });

  test.each([
    '{',
    '',
    'null',
    '42',
    '"text"',
    '[]',
    '[1]',
    '{}',
    '{"jsonrpc":"1.0","id":1,"method":"tools/list"}',
    '\u0000',
  ])('the body %j is a protocol error', async (body) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      jsonrpc: '2.0',
      error: { code: expect.any(Number), message: expect.any(String) },
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|at /);
    await stillWorks();
  });

  test.each([
    ['no parameters', { jsonrpc: '2.0', id: 1, method: 'tools/call' }],
    ['no name', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { arguments: {} } }],
    ['a name that is a number', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 7 } }],
    [
      'a list as arguments',
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_sessions', arguments: [1] } },
    ],
    [
      'a text as arguments',
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_sessions', arguments: 'x' } },
    ],
    ['an unknown method', { jsonrpc: '2.0', id: 1, method: 'tools/explode', params: {} }],
  ])('a call with %s is a protocol error', async (_why, body) => {
    const answer = await send(body);
    expect(answer.text).toMatch(/"error":\{"code":-32(60\d)/);
    await stillWorks();
  });

  test('another media type is refused', async () => {
    const answer = await send('name=x', { 'Content-Type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(415);
    await stillWorks();
  });
});
