/**
 * Real coding agents against the built server and its hooks, with a model that answers by a script: no account, no key and
 * no network. Prints which promise holds for which agent. `run.ts [agent …] [--only WORD] [--write]`: the last writes the
 * table into docs/connect-an-agent.md. Each promise that was not kept stands at the end once more, with what its agent, its
 * hooks and the server have said, and in a line of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServerProcess } from '../support/server-process.ts';
import { AGENTS, WITHOUT_HOOKS } from './agents.ts';
import { installAgents } from './install-agents.ts';
import { Lab, type LabOptions } from './lab.ts';
import { type AgentName, startModel } from './model/start-model.ts';
import { IDLE } from './promises/idle.ts';
import { MESSAGES } from './promises/messages.ts';
import { ONE_RUN } from './promises/one-run.ts';
import { QUESTIONS } from './promises/questions.ts';
import { type Row, shorten } from './promises/row.ts';
import { SEVERAL_RUNS } from './promises/several-runs.ts';
import { TERMINAL } from './promises/terminal.ts';
import { UNDO } from './promises/undo.ts';
import { formatTable, type Outcome } from './table.ts';

/** The agents could not be had: nothing was tried. */
const NOT_RUN_EXIT_CODE = 77;
const ADMIN_KEY = 'fb_agents_0123456789abcdef0123456789abcdef';
const WITHOUT_NETWORK = 'FLEETBEAT_TEST_WITHOUT_NETWORK';
const ROWS: readonly Row[] = [...ONE_RUN, ...SEVERAL_RUNS, ...MESSAGES, ...TERMINAL, ...IDLE, ...QUESTIONS, ...UNDO];
/** Printed and stopped, so that CI sees a hung agent as a failure and not as a run without end. */
const WHOLE_RUN_TIMEOUT_MS = 10 * 60_000;

/** Runs this again where there is no network but this machine's own; null where that is not allowed. */
function runWithoutNetwork(): number | null {
  if (spawnSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' }).status !== 0) return null;
  const self = [process.execPath, ...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const env = { ...process.env, [WITHOUT_NETWORK]: '1' };
  const script = 'ip link set lo up && exec "$@"';
  return spawnSync('unshare', ['-rn', 'sh', '-c', script, 'sh', ...self], { stdio: 'inherit', env }).status ?? 1;
}

async function tryRow(row: Row, lab: Lab): Promise<Outcome> {
  const why = row.cannot?.[lab.agent] ?? (row.withoutHooks ? undefined : WITHOUT_HOOKS[lab.agent]);
  if (why !== undefined) return { result: 'cannot', seen: why };
  try {
    const seen = await row.check(lab);
    return seen === null ? { result: 'holds' } : { result: 'fails', seen };
  } catch (error) {
    return { result: 'fails', seen: error instanceof Error ? `${error.message}` : String(error) };
  }
}

interface FailedRow {
  readonly agent: AgentName;
  readonly promise: string;
  readonly seen: string;
  readonly evidence: string;
}

/** What was tried so far, for when there is no time for the rest. */
class Run {
  readonly failed: FailedRow[] = [];
  readonly #running = new Map<AgentName, { readonly row: Row; readonly lab: Lab }>();

  async tryAgent(options: LabOptions, rows: readonly Row[]): Promise<Outcome[]> {
    const { agent } = options;
    const lab = new Lab(options);
    const outcomes: Outcome[] = [];
    for (const row of rows) {
      const startedAt = Date.now();
      this.#running.set(agent, { row, lab });
      const outcome = await tryRow(row, lab);
      outcomes.push(outcome);
      const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
      console.log(`${agent.padEnd(11)} ${outcome.result.padEnd(6)} ${seconds.padStart(5)} s  ${row.promise}`);
      if (outcome.seen !== undefined) console.log(`${' '.repeat(12)}${outcome.seen}`);
      if (outcome.result === 'fails') this.#fail(row, lab, outcome.seen ?? '');
    }
    this.#running.delete(agent);
    return outcomes;
  }

  failWhatRuns(why: string): void {
    for (const { row, lab } of this.#running.values()) this.#fail(row, lab, why);
  }

  #fail({ promise }: Row, lab: Lab, seen: string): void {
    this.failed.push({ agent: lab.agent, promise, seen, evidence: lab.evidence() });
  }

  /** Prints the failures, in full and then in a line each: of a long log often the end alone is kept. */
  printFailures(): void {
    for (const { agent, promise, seen, evidence } of this.failed)
      console.log(`\n--- ${agent}\n  promised: ${promise}\n  seen: ${seen}\n${evidence}`);
    if (this.failed.length > 0) console.log('');
    for (const { agent, promise, seen } of this.failed)
      console.log(`FAILED agents: ${agent}: ${promise}: ${shorten(seen)}`);
  }
}

function parseArguments(words: readonly string[]): { agents: readonly AgentName[]; rows: readonly Row[] } {
  const named = AGENTS.filter((agent) => words.includes(agent));
  const at = words.indexOf('--only');
  const only = at < 0 ? undefined : words[at + 1];
  const rows = ROWS.filter((row, index) => index === 0 || only === undefined || row.promise.includes(only));
  return { agents: named.length > 0 ? named : AGENTS, rows };
}

const DOCUMENT = fileURLToPath(new URL('../../docs/connect-an-agent.md', import.meta.url));

function writeIntoDocument(table: string): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const section = `<!-- agents -->\n\n${table}\n<!-- /agents -->`;
  writeFileSync(
    DOCUMENT,
    text.replace(/<!-- agents -->[\s\S]*<!-- \/agents -->/, () => section),
  );
}

/** Agents that were closed a moment ago, and the senders of their hooks, may still write into it. */
async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  console.log(`${folder} is left behind: something still writes into it`);
}

async function main(): Promise<number> {
  let installed: ReturnType<typeof installAgents>;
  try {
    installed = installAgents();
  } catch (error) {
    console.log(`\n!!! NOT RUN: real agents. The registry does not give them: ${(error as Error).message}`);
    return NOT_RUN_EXIT_CODE;
  }
  const code = process.env[WITHOUT_NETWORK] === undefined ? runWithoutNetwork() : null;
  if (code !== null) return code;
  if (process.env[WITHOUT_NETWORK] === undefined)
    console.log('unshare is not allowed here: the network is not cut off');
  const { agents: named, rows } = parseArguments(process.argv.slice(2));
  const agents = named.filter((agent) => agent !== 'opencode' || existsSync(join(installed.bin, 'opencode')));
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-agents-'));
  const database = { DATABASE_URL: `sqlite:${folder}/fleetbeat.db`, FLEETBEAT_ADMIN_KEY: ADMIN_KEY };
  const server = await startServerProcess({ ...database, FLEETBEAT_LOG_LEVEL: 'info' });
  const model = await startModel();
  const run = new Run();
  const limit = setTimeout(() => {
    run.failWhatRuns(`not finished ${WHOLE_RUN_TIMEOUT_MS / 60_000} minutes after the start of all`);
    run.printFailures();
    process.exit(1);
  }, WHOLE_RUN_TIMEOUT_MS);
  try {
    const target = { url: server.url, output: server.output, adminKey: ADMIN_KEY };
    const tried = agents.map(async (agent) => {
      const options = { agent, folder, bin: installed.bin, model, server: target };
      return [agent, await run.tryAgent(options, rows)] as const;
    });
    const outcomes: Readonly<Record<string, Outcome[]>> = Object.fromEntries(await Promise.all(tried));
    const table = formatTable(
      rows.map(({ promise }) => promise),
      outcomes,
      installed.versions,
    );
    console.log(`\n${table}`);
    if (process.argv.includes('--write')) writeIntoDocument(table);
    run.printFailures();
    return run.failed.length > 0 ? 1 : 0;
  } finally {
    clearTimeout(limit);
    model.close();
    await server.kill();
    await removeFolder(folder);
  }
}

process.exit(await main());
