import { beforeAll, describe, expect, test } from 'vitest';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
let key: string;
beforeAll(async () => {
  key = (await server.createProgram()).key;
});

const send = (accept: string | undefined, message: unknown) =>
  sendRaw(server.url, {
    method: 'POST',
    path: '/mcp',
    headers: { ...bearer(key), 'content-type': 'application/json', ...(accept !== undefined && { accept }) },
    body: JSON.stringify(message),
  });

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const CALL = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'list_sessions', arguments: {} } };
const REFUSED_CALL = { ...CALL, params: { name: 'update_session', arguments: { status: 'x'.repeat(300) } } };

const BOTH = [
  undefined,
  '*/*',
  'application/*, text/*',
  'Application/JSON, Text/Event-Stream',
  'text/event-stream;q=0.5, application/json;q=0.9',
  'text/event-stream',
];

describe.each([
  ['ping', PING],
  ['a tool call', CALL],
  ['a call that fails', REFUSED_CALL],
])('%s', (_what, message) => {
  test.each(BOTH)('with Accept %s is answered with an event', async (accept) => {
    const answer = await send(accept, message);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream' } });
    expect(answer.text).toContain(`"id":${message.id}`);
  });

  test.each(['application/json', 'APPLICATION/JSON', 'application/*', 'application/json, text/event-stream;q=0'])(
    'with Accept %s is answered with JSON',
    async (accept) => {
      const answer = await send(accept, message);
      expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
      expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: '2.0', id: message.id, result: {} });
    },
  );

  test.each(['text/html', 'application/json;q=0, text/event-stream;q=0'])(
    'with Accept %s is refused',
    async (accept) => {
      expect((await send(accept, message)).status).toBe(406);
    },
  );
});

test('a batch of calls is answered with a JSON array', async () => {
  const answer = await send('application/json', [PING, CALL]);
  expect(
    JSON.parse(answer.text)
      .map(({ id }: { id: number }) => id)
      .sort(),
  ).toEqual([1, 2]);
});
