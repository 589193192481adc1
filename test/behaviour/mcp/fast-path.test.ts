import { beforeAll, describe, expect, test } from 'vitest';
import { type McpCall, mutatedCalls, validCalls } from '../../support/mutated-mcp-calls.ts';
import { bearer, type RawResponse, sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let key: string;
const server = useTestServer();
beforeAll(async () => {
  const program = await server.createProgram();
  key = program.key;
  await program.client.sessions.create({ sessionId: 'here', name: 'Here' });
});

const post = ({ headers, body }: McpCall, more: Readonly<Record<string, string>> = {}): Promise<RawResponse> =>
  sendRaw(server.url, { method: 'POST', path: '/mcp', headers: { ...bearer(key), ...headers, ...more }, body });

/** A chunked body, without Content-Length, which goes to the SDK's handler. */
const postThroughSdk = (call: McpCall) => post(call, { 'transfer-encoding': 'chunked' });

const IDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
/** The response without the parts that differ between any two responses. */
const normalizeResponse = ({ status, headers, text }: RawResponse) => ({
  status,
  type: headers['content-type'],
  cache: headers['cache-control'],
  buffering: headers['x-accel-buffering'],
  text: text.replace(IDS, 'id').replace(TIMES, 'time'),
});

/** Only the SDK's handler sends chunked responses. */
const isFastPath = ({ headers }: RawResponse): boolean => headers['content-length'] !== undefined;

const CALLS = [
  ...validCalls('get_session', { sessionId: 'here' }),
  ...validCalls('update_session', { sessionId: 'here', status: 'Here', lastHeartbeat: true }),
  ...validCalls('update_session', { sessionId: 'here', colour: 'red' }),
  ...validCalls('get_session', { sessionId: '' }),
  ...validCalls('get_fleet_health', {}),
];

test.each(CALLS)('a call of $description is answered directly, and as the SDK’s handler answers it', async (call) => {
  const direct = await post(call);
  expect(direct.status).toBe(200);
  expect(isFastPath(direct)).toBe(true);
  const other = await postThroughSdk(call);
  expect(isFastPath(other)).toBe(false);
  expect(normalizeResponse(direct)).toEqual(normalizeResponse(other));
});

describe.each(validCalls('get_session', { sessionId: 'here' }))('$description', (call) => {
  test.each(mutatedCalls(call))('$description', async (spoiled) => {
    expect(normalizeResponse(await post(spoiled))).toEqual(normalizeResponse(await postThroughSdk(spoiled)));
  });
});
