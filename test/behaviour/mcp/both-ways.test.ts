import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { bearer, type RawAnswer, send } from '../../support/send.ts';
import { plainCalls, type SentCall, spoiledCalls } from '../../support/spoiled-calls.ts';

let house: TestHouse;
let key: string;
beforeAll(async () => {
  house = await openTestHouse();
  const program = await house.program();
  key = program.key;
  await program.client.sessions.create({ sessionId: 'here', name: 'Here' });
});
afterAll(() => house.close());

const post = ({ headers, body }: SentCall, more: Readonly<Record<string, string>> = {}): Promise<RawAnswer> =>
  send(house.url, { method: 'POST', path: '/mcp', headers: { ...bearer(key), ...headers, ...more }, body });

/** A body that does not say how long it is goes to the SDK's own handler. */
const bySdk = (call: SentCall) => post(call, { 'transfer-encoding': 'chunked' });

const IDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
/** What a client gets, without what differs between any two answers. */
const seen = ({ status, headers, text }: RawAnswer) => ({
  status,
  type: headers['content-type'],
  cache: headers['cache-control'],
  buffering: headers['x-accel-buffering'],
  text: text.replace(IDS, 'id').replace(TIMES, 'time'),
});

/** Only the SDK's handler sends an answer in pieces. */
const isDirect = ({ headers }: RawAnswer): boolean => headers['content-length'] !== undefined;

const CALLS = [
  ...plainCalls('get_session', { sessionId: 'here' }),
  ...plainCalls('update_session', { sessionId: 'here', status: 'Here', lastHeartbeat: true }),
  ...plainCalls('update_session', { sessionId: 'here', colour: 'red' }),
  ...plainCalls('get_session', { sessionId: '' }),
  ...plainCalls('get_fleet_health', {}),
];

test.each(CALLS)('a call of $how is answered directly, and as the SDK’s handler answers it', async (call) => {
  const direct = await post(call);
  expect(direct.status).toBe(200);
  expect(isDirect(direct)).toBe(true);
  const other = await bySdk(call);
  expect(isDirect(other)).toBe(false);
  expect(seen(direct)).toEqual(seen(other));
});

describe.each(plainCalls('get_session', { sessionId: 'here' }))('$how', (call) => {
  test.each(spoiledCalls(call))('$how', async (spoiled) => {
    expect(seen(await post(spoiled))).toEqual(seen(await bySdk(spoiled)));
  });
});
