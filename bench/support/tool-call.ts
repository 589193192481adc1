/** A tool call as an MCP client of the revision 2026-07-28 sends it. */
import { formatHttpRequest } from './load.ts';

const REVISION = '2026-07-28';
const META = {
  'io.modelcontextprotocol/protocolVersion': REVISION,
  'io.modelcontextprotocol/clientInfo': { name: 'fleetbeat-bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** Part of every successful response; problems and protocol errors may be 200 too. */
export const TOOL_SUCCEEDED = '"structuredContent":';

export const toolCallRequest = (key: string, name: string, given: Readonly<Record<string, unknown>>): string =>
  formatHttpRequest({
    method: 'POST',
    path: '/mcp',
    key,
    headers: {
      accept: 'application/json, text/event-stream',
      'mcp-method': 'tools/call',
      'mcp-name': name,
      'mcp-protocol-version': REVISION,
    },
    body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given, _meta: META } },
  });
