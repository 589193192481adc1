import { expect, test } from 'vitest';
import { type AttemptResult, logTo, withHooks } from './hooks.ts';
import { createFleetbeat, type Fetch } from './index.ts';

const me = { accountId: 'a', role: 'program' };

/** A client that is refused once, with what was sent and seen. */
function createClient() {
  const sent: Record<string, string>[] = [];
  const results: AttemptResult[] = [];
  const fetch: Fetch = async (_url, { headers }) => {
    sent.push(headers as Record<string, string>);
    if (sent.length === 1) throw new TypeError('fetch failed');
    return Response.json(me, { headers: { 'X-Request-Id': 'request-1', RateLimit: '"default";r=9;t=1' } });
  };
  const hooked = withHooks({
    fetch,
    request: ({ headers }) => void Object.assign(headers, { traceparent: `00-${sent.length}` }),
    response: (result) => void results.push(result),
  });
  const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b', fetch: hooked, random: () => 0 });
  return { fleetbeat, sent, results };
}

test('hooks see every attempt, and can add headers to it', async () => {
  const { fleetbeat, sent, results } = createClient();
  expect(await fleetbeat.me()).toEqual(me);
  expect(sent.map(({ traceparent }) => traceparent)).toEqual(['00-0', '00-1']);
  const request = { method: 'GET', url: 'http://localhost/v1/me' };
  expect(results).toMatchObject([
    { request, status: null, error: { message: 'fetch failed' } },
    { request, status: 200, requestId: 'request-1' },
  ]);
});

test('a call can have headers of its own, and shows the response that it got', async () => {
  const { fleetbeat, sent } = createClient();
  const { data, requestId, response } = await fleetbeat.me({ headers: { 'x-tenant': 'one' } }).withResponse();
  expect([data, requestId, response.headers.get('ratelimit')]).toEqual([me, 'request-1', '"default";r=9;t=1']);
  expect(sent[1]).toMatchObject({ 'x-tenant': 'one', 'user-agent': expect.stringMatching(/^fleetbeat-client\/\d/) });
});

test('a log has method, path and result of each attempt, and no key', async () => {
  const lines: string[] = [];
  const logger = {
    debug: (line: string) => lines.push(`debug ${line}`),
    warn: (line: string) => lines.push(`warn ${line}`),
  };
  const fetch: Fetch = async () => Response.json(me, { headers: { 'X-Request-Id': 'request-1' } });
  const fleetbeat = createFleetbeat({
    baseUrl: 'http://localhost',
    key: 'fb_a_secret',
    fetch: withHooks({ ...logTo(logger), fetch }),
  });
  await fleetbeat.me();
  expect(lines).toEqual([expect.stringMatching(/^debug fleetbeat GET \/v1\/me: 200 request-1 in \d+ ms$/)]);
  const broken = withHooks({ ...logTo(logger), fetch: () => Promise.reject(new TypeError('fetch failed')) });
  await expect(broken('http://localhost/v1/me', {})).rejects.toThrow(TypeError);
  expect(lines[1]).toMatch(/^warn fleetbeat GET \/v1\/me: no answer \(TypeError: fetch failed\)/);
});
