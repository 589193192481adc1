/** The official MCP clients of both generations, connected to a server under test. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export type ToolArguments = Readonly<Record<string, unknown>>;

export interface ToolResult {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

interface ListedTool {
  readonly name: string;
  readonly [field: string]: unknown;
}

export interface McpClient {
  /** The protocol revision that client and server have agreed on. */
  readonly revision: string | undefined;
  listTools(): Promise<readonly ListedTool[]>;
  /** Lists the tools first, like agents do: the clients validate each result against its listed output schema. */
  callTool(name: string, given?: ToolArguments): Promise<ToolResult>;
  close(): Promise<void>;
}

export interface McpClientKind {
  readonly kind: string;
  /** The revision that it must negotiate. */
  readonly protocolRevision: string;
  /** `path` may select toolsets. */
  connect(url: string, key: string, path?: string): Promise<McpClient>;
}

const CLIENT_INFO = { name: 'fleetbeat-tests', version: '1.0.0' };

const connectV2 =
  (mode: 'auto' | 'legacy') =>
  async (url: string, key: string, path = '/mcp'): Promise<McpClient> => {
    const client = new Client(CLIENT_INFO, { versionNegotiation: { mode } });
    const requestInit = { headers: { Authorization: `Bearer ${key}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(path, url), { requestInit }));
    const listTools = async () => (await client.listTools()).tools as readonly ListedTool[];
    await listTools();
    return {
      revision: client.getNegotiatedProtocolVersion(),
      listTools,
      callTool: async (name, given = {}) => (await client.callTool({ name, arguments: given })) as ToolResult,
      close: () => client.close(),
    };
  };

async function connectV1(url: string, key: string, path = '/mcp'): Promise<McpClient> {
  const client = new ClientV1(CLIENT_INFO);
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  const transport = new TransportV1(new URL(path, url), { requestInit });
  // The declared types of the two packages differ only in how they write an optional member.
  await client.connect(transport as Parameters<ClientV1['connect']>[0]);
  const listTools = async () => (await client.listTools()).tools as readonly ListedTool[];
  await listTools();
  return {
    revision: transport.protocolVersion,
    listTools,
    callTool: async (name, given = {}) => (await client.callTool({ name, arguments: given })) as unknown as ToolResult,
    close: () => client.close(),
  };
}

export const MCP_CLIENTS: readonly McpClientKind[] = [
  { kind: 'the MCP client of 2026', protocolRevision: '2026-07-28', connect: connectV2('auto') },
  { kind: 'the same client in its legacy mode', protocolRevision: '2025-11-25', connect: connectV2('legacy') },
  { kind: 'the MCP client of version 1', protocolRevision: '2025-11-25', connect: connectV1 },
];

/** The JSON in the text of a tool result. */
export const parseJsonContent = ({ content }: ToolResult): unknown => JSON.parse(content[0]?.text ?? '');
