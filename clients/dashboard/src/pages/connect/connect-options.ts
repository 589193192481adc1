/** The ways to connect an agent, as text to copy. Pure. */
export interface ConnectOption {
  readonly name: string;
  readonly about: string;
  readonly text: string;
}

export const AGENT_CHOICES = [
  { value: 'claude-code', label: 'Claude Code' },
  { value: 'codex', label: 'Codex' },
  { value: 'gemini', label: 'Gemini CLI' },
  { value: 'cursor', label: 'Cursor' },
  { value: 'vscode', label: 'VS Code' },
];

/** The one line that connects an agent of any machine that reaches `origin`. The code of the invitation works once, for ten minutes. */
export const getInvitedCommand = (origin: string, version: string, agent: string, code: string): string =>
  `npx -y ${origin}/install/fleetbeat-${version}.tgz connect ${agent} --invite '${origin}/#link=${code}'`;

/** For a server at `origin`. The texts contain no key: `FLEETBEAT_KEY` is set where the agent runs. */
export const getConnectOptions = (origin: string): readonly ConnectOption[] => [
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
