import { defineCommand } from '../command.ts';
import { EXIT } from '../exit.ts';
import { findSessionOfAgent } from '../hook/agent-session.ts';
import { resolveProgramId } from '../hook/paths.ts';
import { withSessionArgument } from './session-argument.ts';

export const command = defineCommand({
  summary: 'Speak MCP over standard input and output, for agents that start a command',
  description: 'Every message goes to the /mcp of the server, with the key. It ends when the agent closes its side.',
  options: {
    toolsets: { type: 'text', value: 'names', summary: 'the groups of tools to list, with commas; all is every one' },
  },
  examples: [['claude mcp add fleetbeat -- fleetbeat mcp', 'fleetbeat connect does it for you, with hooks']],
  run: async (call) => {
    const { runBridge } = await import('@fleetbeat/mcp');
    const { url, key } = call.credentials();
    const { toolsets } = call.options;
    const endpoint = toolsets === undefined ? url : `${url}/mcp?${new URLSearchParams({ toolsets })}`;
    const programId = resolveProgramId(call.environment, undefined, process.cwd());
    const findSession = () =>
      programId === null ? null : findSessionOfAgent(call.environment, programId, process.ppid);
    const input = call.stdin.setEncoding('utf8').pipe(withSessionArgument(findSession));
    await runBridge({ url: endpoint, key, input, output: call.stdout });
    // Requests that still run are given up: the agent has closed its side.
    process.exit(EXIT.ok);
  },
});
