import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const FRIEND = 'https://fleet.example';
const STRANGER = 'https://elsewhere.example';

const preflight = (server: TestServer, origin: string, path = '/v1/sessions') =>
  fetch(`${server.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type',
    },
  });
const read = (server: TestServer, origin: string, key = server.adminKey) =>
  fetch(`${server.url}/v1/me`, { headers: { Origin: origin, Authorization: `Bearer ${key}` } });
const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin');

describe('unless it is told otherwise', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  test('without configuration, pages of other sites may not call', async () => {
    const answer = await preflight(server, FRIEND);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(allowed(answer)).toBeNull();
    expect(allowed(await read(server, FRIEND))).toBeNull();
  });
});

describe('with FLEETBEAT_CORS_ORIGINS', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ environment: { FLEETBEAT_CORS_ORIGINS: `${FRIEND}, http://localhost:5173` } });
  });
  afterAll(() => server.close());

  test.each([FRIEND, 'http://localhost:5173'])('a page of %s may call and read what it needs', async (origin) => {
    const asked = await preflight(server, origin);
    expect(asked.status).toBe(204);
    expect(allowed(asked)).toBe(origin);
    const conditions = ['If-Match', 'If-None-Match', 'Idempotency-Key', 'Last-Event-ID'];
    for (const name of ['Authorization', 'Content-Type', ...conditions, 'traceparent', 'tracestate']) {
      expect(asked.headers.get('access-control-allow-headers')).toContain(name);
    }
    expect(asked.headers.get('access-control-allow-methods')).toContain('PATCH');
    const answer = await read(server, origin);
    expect(answer.status).toBe(200);
    expect(allowed(answer)).toBe(origin);
    for (const name of ['ETag', 'Retry-After', 'RateLimit', 'X-Request-Id', 'Idempotent-Replayed']) {
      expect(answer.headers.get('access-control-expose-headers')).toContain(name);
    }
  });

  test('an error can be read by the page that caused it', async () => {
    const answer = await read(server, FRIEND, 'fb_nobody_0123456789abcdef');
    expect(answer.status).toBe(401);
    expect(allowed(answer)).toBe(FRIEND);
  });

  test.each([STRANGER, 'https://fleet.example.evil.example', 'http://fleet.example', 'null'])(
    'a page of %s may not',
    async (origin) => {
      expect(allowed(await preflight(server, origin))).toBeNull();
      expect(allowed(await read(server, origin))).toBeNull();
    },
  );

  test('CORS never allows credentials, and caches keep origins apart', async () => {
    const answer = await read(server, FRIEND);
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  test('/mcp still requires an Origin that is a name of the server', async () => {
    const answer = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: { Origin: FRIEND, Authorization: `Bearer ${server.adminKey}`, 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(403);
  });
});
