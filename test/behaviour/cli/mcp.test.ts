import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, createCli, FLEETBEAT } from '../../support/cli.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let cli: Cli;
const server = useTestServer();
beforeAll(async () => {
  const { key } = await server.createProgram('bridged');
  cli = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: key });
});
afterAll(async () => {
  cli.remove();
});

test('fleetbeat mcp is an MCP server on standard input and output, with the tools of the key', async () => {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [FLEETBEAT, 'mcp'],
      env: { ...cli.environment },
      stderr: 'pipe',
    }),
  );
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toContain('create_session');
  await client.callTool({ name: 'create_session', arguments: { name: 'By the bridge', sessionId: 'bridged-1' } });
  expect(await server.admin.sessions.get('bridged-1')).toMatchObject({ name: 'By the bridge' });
  await client.close();
});

test('without a key it exits with 4 and an explanation', async () => {
  const bare = createCli({ FLEETBEAT_URL: server.url });
  expect(await bare.run('mcp')).toMatchObject({
    code: 4,
    stdout: '',
    stderr: expect.stringContaining('There is no key'),
  });
  bare.remove();
});
