/** How long from start to the first response, and does memory stay flat under load? */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, runBench } from './support/bench.ts';
import { type BenchDatabase, openDatabase } from './support/database.ts';
import type { Findings } from './support/findings.ts';
import { ADMIN_KEY, startFleet } from './support/fleet.ts';
import { heartbeatRequests } from './support/heartbeat-requests.ts';
import { LoadGenerator } from './support/load.ts';
import { memoryMb, startServerProcess } from './support/measured-process.ts';
import { median } from './support/statistics.ts';

const IDLE_MS = 3_000;
const SAMPLE_MS = 1_000;
const CONNECTIONS = 64;

/** The first start creates the tables. The request has a key and queries the database. */
async function measureStarts(bench: Bench, { url }: BenchDatabase) {
  const times: number[] = [];
  for (let start = 0; start <= bench.options.rounds; start += 1) {
    const begun = performance.now();
    const server = await startServerProcess(bench, { DATABASE_URL: url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
    const headers = { Authorization: `Bearer ${ADMIN_KEY}` };
    const { status } = await fetch(`http://127.0.0.1:${server.port}/v1/sessions`, { headers });
    if (status !== 200) throw new Error(`The first request was answered with ${status}`);
    times.push(performance.now() - begun);
    await server.stop();
  }
  const [first = Number.NaN, ...later] = times;
  return { first, later: median(later) };
}

async function measureMemory(bench: Bench, database: BenchDatabase, seconds: number) {
  const load = LoadGenerator.start(bench);
  const fleet = await startFleet(bench, database, CONNECTIONS);
  const { port, pid } = fleet.server;
  await sleep(IDLE_MS);
  const rest = memoryMb(pid);
  const connections = fleet.agents.map((agent) => heartbeatRequests(agent, 'new'));
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(memoryMb(pid)), SAMPLE_MS);
  const { answers } = await load.run({ port, connections, seconds }).finally(() => clearInterval(sampling));
  await sleep(IDLE_MS);
  const after = memoryMb(pid);
  await fleet.server.stop();
  const quarter = Math.floor(samples.length / 4);
  const second = median(samples.slice(quarter, 2 * quarter));
  const last = median(samples.slice(-quarter));
  return { rest, answers, most: Math.max(...samples), second, last, after };
}

await runBench('start-and-memory', async (bench): Promise<Findings> => {
  const seconds = bench.options.quick ? 20 : 600;
  const database = await openDatabase(bench, 'sqlite');
  if (!database) throw new Error('SQLite is always there');
  bench.log('starts');
  const { first, later } = await measureStarts(bench, database);
  bench.log(`${seconds} seconds of load`);
  const found = await measureMemory(bench, database, seconds);
  return {
    question: 'How long is it from the start to the first answered request, and does the memory stay flat under load?',
    tables: [
      {
        title: 'From the start of the process to the first answered request, SQLite',
        columns: ['First start, which makes the tables, ms', 'Later starts, ms'],
        rows: [[first, later]],
      },
      {
        title: `Memory in RAM, before, during and after ${seconds} seconds of load by ${CONNECTIONS} agents`,
        columns: ['At rest, MB', 'Second quarter, MB', 'Last quarter, MB', 'Most, MB', 'After, MB', 'Heartbeats'],
        rows: [[found.rest, found.second, found.last, found.most, found.after, found.answers]],
      },
    ],
    goals: [
      { name: 'Start to first answered request, SQLite, seconds', value: later / 1_000, atMost: 1 },
      { name: 'Memory in the last quarter of the load ÷ in the second', value: found.last / found.second, atMost: 1.1 },
    ],
    notes: [],
  };
});
