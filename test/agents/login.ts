/**
 * The real Claude Code, with nothing but the address, logs in by OAuth at a terminal: `/mcp`, Authenticate, the consent of a
 * scripted browser, and then it is connected. Needs no account and no network.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFlow } from '../support/oauth-flow.ts';
import { startServerProcess } from '../support/server-process.ts';
import { openTerminal, type Terminal } from '../support/tmux.ts';
import { installAgents } from './install-agents.ts';
import { Lab } from './lab.ts';
import { startModel } from './model/start-model.ts';
import { comesTrue } from './promises/row.ts';
import { lastLines, shows, type } from './promises/terminal.ts';

const NOT_RUN_EXIT_CODE = 77;
const ADMIN_KEY = 'fb_agents_0123456789abcdef0123456789abcdef';
const PROGRAM = 'by-login';

/**
 * Passes everything on, but for one line of the metadata: Claude Code would else name itself by a document at claude.ai, which
 * no test can read. So it registers itself, as it does at servers that know no such documents.
 */
function forward(target: string, from: IncomingMessage, answer: ServerResponse): void {
  const to = request(new URL(from.url ?? '/', target), { method: from.method, headers: from.headers }, (got) => {
    if (!from.url?.startsWith('/.well-known/')) {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      return void got.pipe(answer);
    }
    let text = '';
    got.setEncoding('utf8').on('data', (part: string) => (text += part));
    got.on('end', () => {
      const headers = { 'content-type': String(got.headers['content-type']) };
      answer
        .writeHead(got.statusCode ?? 502, headers)
        .end(text.replace(/"client_id_metadata_document_supported":true,?/, ''));
    });
  });
  to.on('error', () => answer.destroy());
  from.pipe(to);
}

/** Null when it holds, else what was seen. */
async function logIn(lab: Lab, terminal: Terminal, url: string, opened: string): Promise<string | null> {
  if (!(await shows(terminal, /❯/))) return `it did not start: ${lastLines(terminal)}`;
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await type(terminal, '/mcp', () => terminal.screen().join('\n').includes('Manage MCP servers'));
  if (!(await shows(terminal, /fleetbeat .*needs authentication/))) return `no server: ${lastLines(terminal)}`;
  terminal.press('Enter');
  if (!(await shows(terminal, /1\. Authenticate/))) return `no login: ${lastLines(terminal)}`;
  terminal.press('Enter');
  if (!(await comesTrue(async () => existsSync(opened), 45_000))) return `no browser: ${lastLines(terminal)}`;
  const address = readFileSync(opened, 'utf8').trim();
  const flow = await createFlow(url, ADMIN_KEY, new URL(address).searchParams.get('client_id') ?? '');
  const approval = { role: 'program', programId: PROGRAM };
  const answer = await flow.approve(flow.requestId(await flow.browser.get(address)), approval);
  const finished = await flow.browser.get((JSON.parse(answer.text) as { continueAt: string }).continueAt);
  const resumed = await flow.browser.get(String(finished.headers['location']));
  await fetch(String(resumed.headers['location']));
  if (!(await shows(terminal, /Connected to fleetbeat/))) return `not connected: ${lastLines(terminal)}`;
  const { output } = await lab.run(['claude', 'mcp', 'list']);
  if (!/fleetbeat: .*Connected/.test(output)) return `not connected later: ${output}`;
  const { keys } = await lab.admin.keys.list({ programId: PROGRAM });
  return keys[0]?.kind === 'oauth' ? null : `its token is not listed: ${JSON.stringify(keys)}`;
}

async function main(): Promise<number> {
  let bin: string;
  try {
    ({ bin } = installAgents());
  } catch (error) {
    console.log(`\n!!! NOT RUN: Claude Code. The registry does not give it: ${(error as Error).message}`);
    return NOT_RUN_EXIT_CODE;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-login-'));
  let target = '';
  const front = createServer((from, answer) => forward(target, from, answer)).listen(0, '127.0.0.1');
  await new Promise((resolve) => front.once('listening', resolve));
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const server = await startServerProcess({
    DATABASE_URL: `sqlite:${folder}/fleetbeat.db`,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_PUBLIC_URL: url,
  });
  target = server.url;
  const model = await startModel();
  const own = { url: server.url, output: server.output, adminKey: ADMIN_KEY };
  const lab = new Lab({ agent: 'claude-code', folder, bin, model, server: own });
  const [tools, opened] = [join(folder, 'tools'), join(folder, 'opened')];
  mkdirSync(tools);
  // A browser that only says where it was sent.
  const browser = join(tools, 'browser');
  writeFileSync(browser, `#!/bin/sh\necho "$1" > '${opened}'\n`);
  chmodSync(browser, 0o755);
  await lab.run(['claude', 'mcp', 'add', '--transport', 'http', 'fleetbeat', `${url}/mcp`]);
  const environment = lab.environment({ BROWSER: browser });
  const terminal = openTerminal(`cd '${lab.project}'; ${lab.interactive().join(' ')}`, environment, 140, 45);
  try {
    const seen = await logIn(lab, terminal, url, opened);
    console.log(`claude-code ${seen === null ? 'holds' : 'fails'}  it logs in by OAuth with nothing but the address`);
    if (seen !== null) console.log(seen);
    return seen === null ? 0 : 1;
  } finally {
    terminal.close();
    front.close();
    front.closeAllConnections();
    await server.kill();
    model.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
  }
}

process.exit(await main());
