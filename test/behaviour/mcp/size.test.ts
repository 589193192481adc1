import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { MCP_CLIENTS } from '../../support/mcp-clients.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test.each(MCP_CLIENTS)('$kind: arguments over 256 kB are refused as too large', async ({ connect }) => {
  const { programId, key, client: rest } = await server.createProgram();
  const client = await connect(server.url, key);
  const result = await client.callTool('update_program_state', {
    programId,
    config: { customSettings: { a: 'x'.repeat(260 * 1024) } },
  });
  expect(result).toMatchObject({
    isError: true,
    _meta: { 'fleetbeat/problem': { status: 413, type: '/problems/body-too-large' } },
  });
  expect(await rest.state.read(programId)).toMatchObject({ exists: false });
  await client.close();
});

test('a body of many megabytes is refused before it is read', async () => {
  const headers = {
    Authorization: `Bearer ${server.adminKey}`,
    Accept: 'application/json, text/event-stream',
    'Content-Type': 'application/json',
    'Content-Length': '20000000',
  };
  const call = request(`${server.url}/mcp`, { method: 'POST', headers });
  call.on('error', () => undefined).flushHeaders();
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  call.destroy();
});

test('a batch has at most 20 messages: each is as much work as a request', async () => {
  const post = (size: number) =>
    fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.adminKey}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'mcp-protocol-version': '2025-03-26',
      },
      body: JSON.stringify(Array.from({ length: size }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' }))),
    });
  const refused = await post(21);
  expect([refused.status, await refused.json()]).toMatchObject([400, { type: '/problems/invalid-request' }]);
  expect((await post(20)).status).toBe(200);
});
