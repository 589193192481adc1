/** Checks MCP with one `tools/list`, as an agent sends it. */
import { type Finding, good, wrong } from './finding.ts';

const TIMEOUT_MS = 10_000;
const TOOLS_LIST_REQUEST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });

export async function checkMcp(url: string, key: string): Promise<Finding> {
  const endpoint = `${url}/mcp`;
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'MCP-Protocol-Version': '2025-11-25',
      },
      body: TOOLS_LIST_REQUEST,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const tools = countTools(text);
    if (tools !== null) return good('mcp', `${endpoint} offers this key ${tools} tools`);
    const { host } = new URL(url);
    const mend =
      response.status === 403
        ? `Start the server with FLEETBEAT_ALLOWED_HOSTS=${host.replace(/:\d+$/, '')}`
        : 'Look into the log of the server, and at what stands between: a proxy must pass on POST /mcp';
    return wrong('mcp', `${endpoint} answers with ${response.status}`, mend);
  } catch (error) {
    return wrong(
      'mcp',
      `${endpoint} gives no answer: ${(error as Error).message}`,
      'Look at what stands between: a proxy must pass on POST /mcp',
    );
  }
}

/** How many tools are listed; the answer is JSON, or one event of a stream. */
function countTools(text: string): number | null {
  const json = /^data: (.*)$/m.exec(text)?.[1] ?? text;
  try {
    const tools: unknown = JSON.parse(json).result?.tools;
    return Array.isArray(tools) ? tools.length : null;
  } catch {
    return null;
  }
}
