import { defineCommand } from '../command.ts';
import { EXIT } from '../exit.ts';

export const command = defineCommand({
  summary: 'Speak MCP over standard input and output, for agents that start a command',
  description: 'Every message goes to the /mcp of the server, with the key. It ends when the agent closes its side.',
  options: {
    toolsets: { type: 'text', value: 'names', summary: 'the groups of tools to list, with commas; all is every one' },
  },
  examples: [['claude mcp add fleetbeat -- npx fleetbeat mcp', 'fleetbeat connect does it for you, with hooks']],
  run: async (call) => {
    const { runBridge } = await import('@fleetbeat/mcp');
    const { url, key } = call.credentials();
    const { toolsets } = call.options;
    const endpoint = toolsets === undefined ? url : `${url}/mcp?${new URLSearchParams({ toolsets })}`;
    await runBridge({ url: endpoint, key, input: call.stdin, output: call.stdout });
    // What the agent no longer waits for is not waited for here.
    process.exit(EXIT.ok);
  },
});
