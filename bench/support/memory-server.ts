/** The official MCP memory server, installed from the registry on first use, and clients of both servers. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Bench } from './bench.ts';

/** The version to compare with. */
export const MEMORY_SERVER = '@modelcontextprotocol/server-memory@2026.8.31';

const FOLDER = fileURLToPath(new URL('../../.cache/memory-server/', import.meta.url));
const PROGRAM = `${FOLDER}node_modules/@modelcontextprotocol/server-memory/dist/index.js`;
const INSTALL_TIMEOUT_MS = 120_000;

export type CallTool = (tool: string, given: Readonly<Record<string, unknown>>) => Promise<string>;

/** False, with a message, when it can't be installed. */
export async function installMemoryServer(bench: Bench): Promise<boolean> {
  if (existsSync(PROGRAM)) return true;
  mkdirSync(FOLDER, { recursive: true });
  const install = ['install', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', MEMORY_SERVER];
  try {
    await promisify(execFile)('npm', install, { timeout: INSTALL_TIMEOUT_MS });
    return true;
  } catch (error) {
    bench.log(`${MEMORY_SERVER} cannot be fetched: ${(error as Error).message.split('\n', 1)[0]}`);
    return false;
  }
}

/** Starts it on a file, like an agent does. */
export function connectMemoryServer(bench: Bench, file: string): Promise<CallTool> {
  const env = { PATH: process.env['PATH'] ?? '', MEMORY_FILE_PATH: file };
  return connectClient(
    bench,
    new StdioClientTransport({ command: process.execPath, args: [PROGRAM], env, stderr: 'ignore' }),
  );
}

/** A client of our server, with the same protocol. */
export function connectFleetbeat(bench: Bench, port: number, key: string): Promise<CallTool> {
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  return connectClient(
    bench,
    new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`), { requestInit }),
  );
}

async function connectClient(bench: Bench, transport: Parameters<Client['connect']>[0]): Promise<CallTool> {
  const client = new Client({ name: 'fleetbeat-bench', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  bench.defer(() => client.close());
  await client.connect(transport);
  return async (tool, given) => {
    const { content, isError } = await client.callTool({ name: tool, arguments: given });
    const [first] = content;
    const text = first?.type === 'text' ? first.text : '';
    if (isError) throw new Error(`${tool}: ${text}`);
    return text;
  };
}
