import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runBridge } from '../../../clients/mcp/src/bridge.ts';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const BRIDGE = fileURLToPath(new URL('../../../clients/mcp/dist/main.js', import.meta.url));
const CLIENT_INFO = { name: 'fleetbeat-tests', version: '1.0.0' };

let network: CuttableProxy;
const server = useTestServer();
beforeAll(async () => {
  network = await startProxy(server.url);
});
afterAll(async () => {
  await network.close();
});

const command = (key: string) => ({
  command: process.execPath,
  args: [BRIDGE],
  env: { FLEETBEAT_URL: network.url, FLEETBEAT_KEY: key },
  stderr: 'pipe' as const,
});

type ToolCallResult = { structuredContent?: unknown; isError?: boolean };
interface LocalClient {
  revision: string | undefined;
  callTool(name: string, given: Record<string, unknown>): Promise<ToolCallResult>;
  listToolNames(): Promise<string[]>;
  readResource(uri: string): Promise<unknown>;
  close(): Promise<void>;
}

const connectV2 =
  (mode: 'auto' | 'legacy') =>
  async (key: string): Promise<LocalClient> => {
    const client = new Client(CLIENT_INFO, { versionNegotiation: { mode } });
    await client.connect(new StdioClientTransport(command(key)));
    return {
      revision: client.getNegotiatedProtocolVersion(),
      callTool: async (name, given) => (await client.callTool({ name, arguments: given })) as ToolCallResult,
      listToolNames: async () => (await client.listTools()).tools.map((tool) => tool.name),
      readResource: async (uri) =>
        JSON.parse(((await client.readResource({ uri })).contents[0] as { text: string }).text),
      close: () => client.close(),
    };
  };

async function connectV1(key: string): Promise<LocalClient> {
  const client = new ClientV1(CLIENT_INFO);
  await client.connect(new StdioV1(command(key)));
  return {
    revision: '2025-11-25',
    callTool: async (name, given) => (await client.callTool({ name, arguments: given })) as ToolCallResult,
    listToolNames: async () => (await client.listTools()).tools.map((tool) => tool.name),
    readResource: async (uri) =>
      JSON.parse(((await client.readResource({ uri })).contents[0] as { text: string }).text),
    close: () => client.close(),
  };
}

describe.each([
  { kind: 'the MCP client of 2026', speaks: '2026-07-28', connect: connectV2('auto') },
  { kind: 'the same client in its legacy mode', speaks: '2025-11-25', connect: connectV2('legacy') },
  { kind: 'the MCP client of version 1', speaks: '2025-11-25', connect: connectV1 },
])('$kind, over stdio', ({ connect, speaks }) => {
  test('works as over HTTP, reports an outage, and continues afterwards', async () => {
    const { programId, key, client: rest } = await server.createProgram();
    const client = await connect(key);
    expect(client.revision).toBe(speaks);
    expect(await client.listToolNames()).toContain('boot_program');
    const booted = await client.callTool('boot_program', { programId, name: 'Over stdio' });
    expect(booted.structuredContent).toMatchObject({ session: { programId, name: 'Over stdio' } });
    const calls = Array.from({ length: 20 }, (_, index) =>
      client.callTool('update_session', { status: `Step ${index}` }),
    );
    const answers = (await Promise.all(calls)) as { structuredContent: { status: string } }[];
    expect(answers.map((each) => each.structuredContent.status)).toEqual(calls.map((_, index) => `Step ${index}`));
    await network.cut();
    await expect(client.callTool('update_session', { status: 'Into the void' })).rejects.toMatchObject({
      code: -32603,
      message: expect.stringContaining('gives no answer'),
    });
    await network.restore();
    expect(await client.callTool('update_session', { status: 'Back' })).toMatchObject({
      structuredContent: { status: 'Back' },
    });
    const { sessions } = await rest.sessions.list({ programId });
    expect(sessions).toMatchObject([{ status: 'Back' }]);
    expect(await client.readResource('fleetbeat://sessions/current')).toMatchObject({ status: 'Back' });
    await client.close();
  });

  test('reports why a key is refused', async () => {
    await expect(connect('fb_nobody_0123456789abcdef0123')).rejects.toThrow(/needs the same key as REST/);
  });
});

test('the bridge exits when its client closes the input, and writes nothing but messages', async () => {
  const { key } = await server.createProgram();
  const [input, output] = [new PassThrough(), new PassThrough()];
  const ended = runBridge({ url: server.url, key, input, output, log: () => undefined });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: CLIENT_INFO };
  input.write(`${JSON.stringify({ jsonrpc: '2.0', id: 'a', method: 'initialize', params })}\n`);
  const [line] = (await once(output, 'data')) as [Buffer];
  expect(JSON.parse(line.toString())).toMatchObject({ id: 'a', result: { serverInfo: { name: 'fleetbeat' } } });
  input.end();
  await ended;
});

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 'init',
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: CLIENT_INFO },
};

/** Everything that the bridge answers to an input that ends at once. */
async function pipeThroughBridge(lines: readonly (string | object)[], options: { url: string; waitAtEndMs?: number }) {
  const { key } = await server.createProgram();
  const [input, output, logged] = [new PassThrough(), new PassThrough(), [] as string[]];
  const answered = text(output);
  input.end(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  await runBridge({ ...options, key, input, output, log: (line) => logged.push(line) });
  output.end();
  const answers = (await answered).split('\n').filter(Boolean);
  return { answers: answers.map((line) => JSON.parse(line) as { id: unknown; error?: { message: string } }), logged };
}

test('every request that is malformed is answered under its id, and the others are as usual', async () => {
  const { answers } = await pipeThroughBridge(
    [
      `\uFEFF${JSON.stringify(INITIALIZE)}`,
      '{"jsonrpc":"2.0","id":7,"method":"tools/list","params":null}',
      '{"jsonrpc":"2.0","id":8,"method":"tools/list","params":[]}',
      '{"jsonrpc":"2.0","id":9,"method":"ping","sessionId":"x"}',
      '{"id":10,"method":"ping"}',
      '[{"jsonrpc":"2.0","id":11,"method":"ping"},{"id":12}]',
      '{"jsonrpc":"2.0","id":13,"method":"ping"',
      'Listening on port 8080',
      { jsonrpc: '2.0', id: 14, method: 'ping' },
    ],
    { url: server.url },
  );
  const outcome = Object.fromEntries(answers.map(({ id, error }) => [String(id), error ? 'error' : 'result']));
  const refused = Object.fromEntries(['7', '8', '9', '10', '12', '13', 'null'].map((id) => [id, 'error']));
  expect(outcome).toEqual({ ...refused, init: 'result', 11: 'result', 14: 'result' });
  expect(answers.find(({ id }) => id === 9)?.error?.message).toContain('"sessionId"');
});

test('at the end of the input the bridge waits for what is pending', async () => {
  const session = { name: 'create_session', arguments: { name: 'Piped', sessionId: 'piped' } };
  const { answers } = await pipeThroughBridge(
    [INITIALIZE, { jsonrpc: '2.0', id: 1, method: 'tools/call', params: session }],
    { url: server.url },
  );
  expect(answers.map(({ id }) => id).sort()).toEqual([1, 'init']);
  expect(await server.admin.sessions.get('piped')).toMatchObject({ name: 'Piped' });
});

describe('at an address', () => {
  const ENDLESS = 60_000;
  const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
  const pipeTo = async (answer: RequestListener, line: object, waitAtEndMs: number) => {
    const other = createServer(answer).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const result = await pipeThroughBridge([line], { url, waitAtEndMs });
    other.closeAllConnections();
    other.close();
    return result;
  };

  test('that never answers, the bridge waits for its time and no longer', async () => {
    expect((await pipeTo(() => undefined, PING, 100)).answers).toEqual([]);
  });

  test('that never answers, nobody waits for a stream without an end', async () => {
    const listen = { ...PING, method: 'subscriptions/listen' };
    expect((await pipeTo(() => undefined, listen, ENDLESS)).answers).toEqual([]);
  });

  test.each([
    ['a page', 502, 'text/html', '<html><body>Bad gateway</body></html>', /HTTP 502/],
    ['a page as a success', 200, 'text/html', '<html></html>', /no MCP message/],
    ['other JSON', 200, 'application/json', '{"name":"something else"}', /no MCP message/],
    ['no JSON', 200, 'application/json', '{', /no MCP message/],
    [
      'an error without an id',
      400,
      'application/json',
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Too big"}}',
      /^Too big$/,
    ],
  ])('that answers %s, the error says so, in a sentence', async (_what, status, type, body, expected) => {
    const answer: RequestListener = (_request, response) =>
      void response.writeHead(status, { 'Content-Type': type }).end(body);
    const { answers, logged } = await pipeTo(answer, PING, ENDLESS);
    expect(answers).toMatchObject([{ id: 1, error: { message: expect.stringMatching(expected) } }]);
    for (const line of [...logged, answers[0]?.error?.message]) expect(line).not.toMatch(/[<{[\n]/);
  });
});

test('without a key the command explains what is missing, and exits', async () => {
  const child = spawn(process.execPath, [BRIDGE], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output] = (await once(child.stderr, 'data')) as [Buffer];
  const [code] = (await once(child, 'close')) as [number];
  expect([code, output.toString()]).toEqual([2, expect.stringContaining('FLEETBEAT_KEY')]);
});
