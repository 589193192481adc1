/** How much of the speed of REST is left when the same heartbeats come as MCP tool calls? */

import { runAlternating } from './support/alternating-rounds.ts';
import { type Bench, runBench } from './support/bench.ts';
import { type BenchDatabase, openDatabase } from './support/database.ts';
import type { Findings, Goal } from './support/findings.ts';
import { type Agent, startFleet } from './support/fleet.ts';
import { heartbeatRequests, STATUSES_BY_KIND } from './support/heartbeat-requests.ts';
import { LoadGenerator } from './support/load.ts';
import { compareRounds, median } from './support/statistics.ts';
import { TOOL_SUCCEEDED, toolCallRequest } from './support/tool-call.ts';

const COLUMNS = ['Database', 'Connections', 'REST /s', 'MCP /s', 'MCP ÷ REST', 'p99 ms: REST', 'MCP'];
const CONNECTIONS = [1, 64];

const toolCalls = ({ sessionId, key }: Agent): string[] =>
  STATUSES_BY_KIND.new.map((status) =>
    toolCallRequest(key, 'update_session', { sessionId, status, lastHeartbeat: true }),
  );

async function measureOnDatabase(bench: Bench, load: LoadGenerator, database: BenchDatabase) {
  const { rounds, seconds } = bench.options;
  const fleet = await startFleet(bench, database, Math.max(...CONNECTIONS));
  const { port } = fleet.server;
  const found = [];
  for (const count of CONNECTIONS) {
    bench.log(`${database.name}, ${count} connections`);
    const agents = fleet.agents.slice(0, count);
    const rest = agents.map((agent) => heartbeatRequests(agent, 'new'));
    const mcp = agents.map(toolCalls);
    const outcomes = await runAlternating(rounds, {
      rest: () => load.run({ port, connections: rest, seconds }),
      mcp: () => load.run({ port, connections: mcp, seconds, expect: TOOL_SUCCEEDED }),
    });
    const rates = (side: 'rest' | 'mcp') => outcomes[side].map(({ answers, seconds }) => answers / seconds);
    const p99 = (side: 'rest' | 'mcp') => median(outcomes[side].map(({ p99Ms }) => p99Ms));
    const ratio = compareRounds(rates('mcp'), rates('rest')).median;
    const row = [database.name, count, median(rates('rest')), median(rates('mcp')), ratio, p99('rest'), p99('mcp')];
    found.push({ row, ratio, label: `${database.name}, ${count} connections` });
  }
  await fleet.server.stop();
  return found;
}

await runBench(
  'mcp',
  async (bench): Promise<Findings> => {
    const load = LoadGenerator.start(bench);
    const found = [];
    const notes: string[] = [];
    for (const wanted of bench.options.databases) {
      const database = await openDatabase(bench, wanted);
      if (!database) continue;
      found.push(...(await measureOnDatabase(bench, load, database)));
      notes.push(`${database.name}: ${database.durability}.`);
    }
    return {
      question: 'How much of the speed of REST is left when the same heartbeats come as MCP tool calls?',
      tables: [
        {
          title: 'Heartbeats, every second one with a new status',
          columns: COLUMNS,
          rows: found.map(({ row }) => row),
        },
      ],
      goals: found.map(({ label, ratio }): Goal => ({ name: `${label}: MCP ÷ REST`, value: ratio, atLeast: 0.6 })),
      notes,
    };
  },
  { quick: ['sqlite', 'mysql'] },
);
