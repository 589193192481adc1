/**
 * How long do the hooks keep a real coding agent, for each tool? Each agent of `make agents` runs five commands in a row, in turn with our hooks
 * and without, against a scripted model that answers at once. A figure is the time between two requests to the model: what the agent itself takes,
 * its command, and the hooks. Needs `make build`.
 *
 *     npx tsx bench/hook-delay-agents.ts [runs]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENTS } from '../test/agents/agents.ts';
import { installAgents } from '../test/agents/install-agents.ts';
import { Lab } from '../test/agents/lab.ts';
import { startModel } from '../test/agents/model/start-model.ts';
import { startServerProcess } from '../test/support/server-process.ts';

const RUNS = Number(process.argv[2] ?? 6);
const ADMIN_KEY = 'fb_agents_0123456789abcdef0123456789abcdef';
const WAYS = ['without', 'with'] as const;
type Way = (typeof WAYS)[number];

/** The milliseconds between the requests of one run; the first one starts the agent. */
async function measureRun(lab: Lab): Promise<number[]> {
  const before = lab.requests('tools').length;
  const { code, output } = await lab.prompt('Run five commands [play:tools]');
  if (code !== 0) throw new Error(`${lab.agent} ended with ${code}: ${output.slice(-300)}`);
  const times = lab
    .requests('tools')
    .slice(before)
    .map(({ at }) => at);
  return times.slice(1).map((at, index) => at - (times[index] ?? at));
}

const getPercentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-bench-'));
const { bin, versions } = installAgents();
const server = await startServerProcess({
  DATABASE_URL: `sqlite:${folder}/fleetbeat.db`,
  FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
});
const model = await startModel();
try {
  const target = { url: server.url, output: server.output, adminKey: ADMIN_KEY };
  console.log(`${RUNS} runs of 5 commands each, Node ${process.version}, ${JSON.stringify(versions)}`);
  for (const agent of AGENTS) {
    const createLab = () => new Lab({ agent, folder, bin, model, server: target });
    const labs: Record<Way, Lab> = { without: createLab(), with: createLab() };
    await labs.with.fleetbeat('connect', agent, '--scope', 'project', '--make-key', '--yes');
    const gaps: Record<Way, number[]> = { without: [], with: [] };
    for (let run = 0; run < RUNS; run++)
      for (const way of run % 2 === 0 ? WAYS : WAYS.toReversed()) gaps[way].push(...(await measureRun(labs[way])));
    const medians = WAYS.map((way) => getPercentile(gaps[way], 0.5));
    const [without = 0, withHooks = 0] = medians;
    console.log(
      `${agent.padEnd(12)} without ${without} ms, with ${withHooks} ms, delay ${withHooks - without} ms (p25: ` +
        `${getPercentile(gaps.with, 0.25) - getPercentile(gaps.without, 0.25)} ms) of ${gaps.with.length} gaps each`,
    );
  }
} finally {
  model.close();
  await server.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
process.exit(0);
