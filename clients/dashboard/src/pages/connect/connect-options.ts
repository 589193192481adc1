/** The ways to connect an agent, as text to copy. Pure. */
export interface ConnectOption {
  readonly name: string;
  readonly about: string;
  readonly text: string;
}

/** For a server at `origin`. The texts contain no key: `FLEETBEAT_KEY` is set where the agent runs. */
export const getConnectOptions = (origin: string): readonly ConnectOption[] => [
  {
    name: 'Command line',
    about:
      'In the folder of the project. It shows what it would change first. cursor, vscode, gemini and codex go as claude-code does.',
    text: `npx fleetbeat connect claude-code --url ${origin}`,
  },
  {
    name: 'MCP',
    about: 'For Claude Code; other agents take the same address and header in their own settings.',
    text: `claude mcp add --transport http fleetbeat ${origin}/mcp \\\n  --header "Authorization: Bearer $FLEETBEAT_KEY"`,
  },
  {
    name: 'curl',
    about: 'For anything that can send HTTP. This registers a session and sends its first heartbeat.',
    text: `curl ${origin}/v1/sessions \\\n  -H "Authorization: Bearer $FLEETBEAT_KEY" \\\n  -H 'Content-Type: application/json' \\\n  -d '{"name": "My first session", "status": "Just started"}'`,
  },
];
