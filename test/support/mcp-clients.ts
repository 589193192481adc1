/** The official MCP clients, connected to a server under test: each kind that agents have installed. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export type Arguments = Readonly<Record<string, unknown>>;

export interface ToolResult {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

export interface ListedTool {
  readonly name: string;
  readonly [field: string]: unknown;
}

export interface McpClient {
  /** The protocol revision that client and server have agreed on. */
  readonly revision: string | undefined;
  tools(): Promise<readonly ListedTool[]>;
  /** The tools are listed first, as agents do: the clients check each result against its listed output schema. */
  call(name: string, given?: Arguments): Promise<ToolResult>;
  close(): Promise<void>;
}

export interface McpClientKind {
  readonly kind: string;
  /** The revision that it must come to an agreement on. */
  readonly speaks: string;
  connect(url: string, key: string): Promise<McpClient>;
}

const SELF = { name: 'fleetbeat-tests', version: '1.0.0' };

const v2 =
  (mode: 'auto' | 'legacy') =>
  async (url: string, key: string): Promise<McpClient> => {
    const client = new Client(SELF, { versionNegotiation: { mode } });
    const requestInit = { headers: { Authorization: `Bearer ${key}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit }));
    const tools = async () => (await client.listTools()).tools as readonly ListedTool[];
    await tools();
    return {
      revision: client.getNegotiatedProtocolVersion(),
      tools,
      call: async (name, given = {}) => (await client.callTool({ name, arguments: given })) as ToolResult,
      close: () => client.close(),
    };
  };

async function v1(url: string, key: string): Promise<McpClient> {
  const client = new ClientV1(SELF);
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  const transport = new TransportV1(new URL('/mcp', url), { requestInit });
  // The declared types of the two packages differ only in how they write an optional member.
  await client.connect(transport as Parameters<ClientV1['connect']>[0]);
  const tools = async () => (await client.listTools()).tools as readonly ListedTool[];
  await tools();
  return {
    revision: transport.protocolVersion,
    tools,
    call: async (name, given = {}) => (await client.callTool({ name, arguments: given })) as unknown as ToolResult,
    close: () => client.close(),
  };
}

export const mcpClients: readonly McpClientKind[] = [
  { kind: 'the MCP client of 2026', speaks: '2026-07-28', connect: v2('auto') },
  { kind: 'the same client in its legacy mode', speaks: '2025-11-25', connect: v2('legacy') },
  { kind: 'the MCP client of version 1', speaks: '2025-11-25', connect: v1 },
];

/** The JSON that a tool answered with as text. */
export const jsonOf = ({ content }: ToolResult): unknown => JSON.parse(content[0]?.text ?? '');
