/**
 * Runs tools and MCP clients that nobody here wrote against the built server, and the typed client's tarball on runtimes,
 * compilers and test runners: what works with them today goes on working. Ends with 77 when the registry gives none of them;
 * then nothing was tested. `tsx test/foreign/run.ts client` runs the client's checks alone.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAuthenticatingProxy } from '../conformance/authenticating-proxy.ts';
import { startServerProcess } from '../support/server-process.ts';
import { createClientChecks } from './client-tools.ts';
import { CONTRACT_TOOLS } from './contract-tools.ts';
import { installRuntimes, installTools } from './install-tools.ts';
import { type Bench, type Check, runProgram } from './tool.ts';

const NOT_RUN_EXIT_CODE = 77;
const ADMIN_KEY = 'fb_foreign_0123456789abcdef0123456789abcdef';
const DOCUMENT = fileURLToPath(new URL('../../openapi/generated/openapi.json', import.meta.url));

const MCP_CLIENTS = [
  'inspector',
  'mcp-remote',
  'supergateway',
  '@ai-sdk/mcp',
  '@langchain/mcp-adapters',
  '@openai/agents',
  '@mastra/mcp',
];

/** Lists the tools, makes a call, and one that is refused with the problem that REST gives. */
const mcpClient =
  (name: string): Check =>
  async ({ folder, url, openMcpUrl, programKey }) => {
    // The last inspector for this Node cannot send a header.
    const endpoint = name === 'inspector' ? openMcpUrl : `${url}/mcp`;
    const output = await runProgram(folder, process.execPath, ['mcp-clients.mjs', name, endpoint, programKey]);
    const { tools, made, refused } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    if (!tools.includes('create_session')) throw new Error(`It lists ${tools}`);
    if (!made.includes(`By ${name}`)) throw new Error(`The call gave ${made}`);
    if (!refused.includes('session-not-found')) throw new Error(`The refused call gave ${refused}`);
    return `${tools.length} tools, a call and a refused call`;
  };

const TOOL_CHECKS: Readonly<Record<string, Check>> = {
  ...CONTRACT_TOOLS,
  ...Object.fromEntries(MCP_CLIENTS.map((name) => [`${name} (MCP)`, mcpClient(name)])),
};

/** As many at once as the machine has room for. */
const CONCURRENCY = 2;

function tryInstall(what: string, install: () => string): string | undefined {
  try {
    return install();
  } catch (error) {
    console.log(`\n!!! NOT RUN: ${what}. ${(error as Error).message}`);
    return undefined;
  }
}

async function main(): Promise<void> {
  const wanted = process.argv[2] ?? '';
  const installed = wanted === 'client' ? undefined : tryInstall('the tools and MCP clients of others', installTools);
  const runtimes = tryInstall('the client on other runtimes, compilers and test runners', installRuntimes);
  const client = runtimes === undefined ? undefined : createClientChecks(runtimes);
  const folder = installed ?? runtimes;
  if (folder === undefined) {
    process.exitCode = NOT_RUN_EXIT_CODE;
    return;
  }
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  for (const name of ['oazapfts', 'openapi-zod-client']) mkdirSync(join(folder, 'out', name), { recursive: true });
  copyFileSync(DOCUMENT, join(folder, 'openapi.json'));
  const data = mkdtempSync(join(tmpdir(), 'fleetbeat-foreign-'));
  const environment = { DATABASE_URL: `sqlite:${data}/foreign.db`, FLEETBEAT_ADMIN_KEY: ADMIN_KEY };
  const server = await startServerProcess({ ...environment, FLEETBEAT_RATE_LIMITS: 'off' });
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  const proxy = await startAuthenticatingProxy(server.url, key);
  const bench: Bench = {
    folder,
    url: server.url,
    openMcpUrl: proxy.url,
    adminKey: ADMIN_KEY,
    programKey: key,
    run: (program, ...args) => runProgram(folder, join(folder, 'node_modules/.bin', program), args),
  };
  const rows: { readonly tool: string; readonly result: string; readonly seconds: number }[] = [];
  const failures: string[] = [];
  const waiting = Object.entries({ ...(installed && TOOL_CHECKS), ...client?.checks });
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [tool, check] = next;
      const startedAt = Date.now();
      const result = await check(bench).catch((error: Error) => {
        failures.push(`${tool}: ${error.message}`);
        return 'FAILED';
      });
      rows.push({ tool, result, seconds: Math.round((Date.now() - startedAt) / 1_000) });
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  } finally {
    proxy.close();
    await server.kill();
    client?.remove();
    rmSync(data, { recursive: true });
  }
  console.table(rows);
  for (const failure of failures) console.log(`\nFAILED: ${failure}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

await main();
