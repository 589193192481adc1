/**
 * Clients of MCP that nobody here wrote: `node mcp-clients.mjs CLIENT URL KEY` lists the tools, makes a call and a call that is refused,
 * and prints what it got. It runs beside the installed packages, so it is no part of the project's own code.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const [name, url, key] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${key}` };
const run = promisify(execFile);
const bin = (program) => `node_modules/.bin/${program}`;

/** A bridge that speaks stdio, driven by the official SDK. */
async function overStdio(command, args) {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const client = new Client({ name: 'foreign', version: '1' });
  await client.connect(new StdioClientTransport({ command, args, stderr: 'ignore' }));
  return {
    list: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: (tool, given) => client.callTool({ name: tool, arguments: given }),
    close: () => client.close(),
  };
}

/** Each resolves with the names of the tools, a call, and how to end. A refused call may throw or resolve, as the client does. */
const CLIENTS = {
  inspector: async () => {
    const ask = async (...args) => {
      const target = ['--cli', url, '--transport', 'http'];
      return JSON.parse((await run(bin('mcp-inspector'), [...target, ...args])).stdout);
    };
    return {
      list: async () => (await ask('--method', 'tools/list')).tools.map((tool) => tool.name),
      call: (tool, given) => {
        const pairs = Object.entries(given).flatMap(([argument, value]) => ['--tool-arg', `${argument}=${value}`]);
        return ask('--method', 'tools/call', '--tool-name', tool, ...pairs);
      },
      close: () => undefined,
    };
  },
  'mcp-remote': () =>
    overStdio(bin('mcp-remote'), [
      url,
      '--allow-http',
      '--transport',
      'http-only',
      '--header',
      `Authorization: Bearer ${key}`,
    ]),
  supergateway: () =>
    overStdio(bin('supergateway'), ['--streamableHttp', url, '--oauth2Bearer', key, '--logLevel', 'none']),
  '@ai-sdk/mcp': async () => {
    const { createMCPClient } = await import('@ai-sdk/mcp');
    const client = await createMCPClient({ transport: { type: 'http', url, headers } });
    const tools = await client.tools();
    return {
      list: () => Object.keys(tools),
      call: (tool, given) => tools[tool].execute(given, { toolCallId: '1', messages: [] }),
      close: () => client.close(),
    };
  },
  '@langchain/mcp-adapters': async () => {
    const { MultiServerMCPClient } = await import('@langchain/mcp-adapters');
    const client = new MultiServerMCPClient({ mcpServers: { fleetbeat: { transport: 'http', url, headers } } });
    const tools = await client.getTools();
    return {
      list: () => tools.map((tool) => tool.name),
      call: (tool, given) => tools.find((each) => each.name === tool).invoke(given),
      close: () => client.close(),
    };
  },
  '@openai/agents': async () => {
    const { MCPServerStreamableHttp } = await import('@openai/agents');
    const server = new MCPServerStreamableHttp({ url, name: 'fleetbeat', requestInit: { headers } });
    await server.connect();
    return {
      list: async () => (await server.listTools()).map((tool) => tool.name),
      call: (tool, given) => server.callTool(tool, given),
      close: () => server.close(),
    };
  },
  '@mastra/mcp': async () => {
    const { MCPClient } = await import('@mastra/mcp');
    const client = new MCPClient({ servers: { fleetbeat: { url: new URL(url), requestInit: { headers } } } });
    const tools = await client.getTools();
    return {
      list: () => Object.keys(tools).map((tool) => tool.replace(/^fleetbeat_/, '')),
      call: (tool, given) => tools[`fleetbeat_${tool}`].execute({ context: given }),
      close: () => client.disconnect(),
    };
  },
};

const client = await CLIENTS[name]();
const tools = await client.list();
const made = await client.call('create_session', { name: `By ${name}`, sessionId: 'foreign' });
const refused = await Promise.resolve(client.call('update_session', { sessionId: 'nobody', status: 'x' })).catch(
  (error) => error,
);
await client.close();
const text = (result) =>
  result instanceof Error ? `${result.message} ${JSON.stringify(result)}` : JSON.stringify(result);
console.log(JSON.stringify({ tools, made: text(made), refused: text(refused) }));
process.exit(0);
