import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
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

test('without a key the command explains what is missing, and exits', async () => {
  const child = spawn(process.execPath, [BRIDGE], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output] = (await once(child.stderr, 'data')) as [Buffer];
  const [code] = (await once(child, 'close')) as [number];
  expect([code, output.toString()]).toEqual([2, expect.stringContaining('FLEETBEAT_KEY')]);
});
