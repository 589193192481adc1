/** The duration of a write of one pattern with 10, 100 and 1,000 stored. */

import { runAlternating } from './alternating-rounds.ts';
import type { Bench } from './bench.ts';
import type { BenchDatabase } from './database.ts';
import type { Goal } from './findings.ts';
import { type Agent, createClient, startFleet } from './fleet.ts';
import { formatHttpRequest, LoadGenerator } from './load.ts';
import type { MeasuredProcess } from './measured-process.ts';
import { compareRounds, median } from './statistics.ts';

const SIZES = [10, 100, 1_000];
const BATCH_SIZE = 500;

export const createPattern = (id: string) => ({
  id,
  domain: 'auth',
  pattern: `Always validate ${id} before the role check`,
  evidence: 'Seen',
});

/** One less than `count`, because a write adds one. */
async function storePatterns(server: MeasuredProcess, { programId, key }: Agent, count: number): Promise<void> {
  const client = createClient(server, key);
  for (let from = 0; from < count - 1; from += BATCH_SIZE) {
    const some = Array.from({ length: Math.min(BATCH_SIZE, count - 1 - from) }, (_, index) =>
      createPattern(`k-${from + index}`),
    );
    await client.state.update(programId, { learnedPatterns: some });
  }
}

/** Two writes to known patterns, one that adds a pattern, and its removal. */
function createWriteRequests({ programId, key }: Agent): string[] {
  const path = `/v1/programs/${programId}/state`;
  const write = (id: string) =>
    formatHttpRequest({ method: 'PATCH', path, key, body: { learnedPatterns: [createPattern(id)] } });
  const removal = formatHttpRequest({ method: 'DELETE', path: `/v1/programs/${programId}/patterns/new`, key });
  return [write('k-0'), write('k-7'), write('new'), removal];
}

export async function measureWritesBySize(bench: Bench, database: BenchDatabase) {
  bench.log(`${database.name}: writes of one pattern`);
  const { rounds, seconds } = bench.options;
  const load = LoadGenerator.start(bench);
  const { server, agents } = await startFleet(bench, database, SIZES.length);
  for (const [index, agent] of agents.entries()) await storePatterns(server, agent, SIZES[index] ?? 0);
  const measureWrites = (requests: readonly string[]) => async () =>
    (await load.run({ port: server.port, connections: [requests], seconds })).p50Ms;
  const times = Object.values(
    await runAlternating(
      rounds,
      Object.fromEntries(agents.map((agent, index) => [index, measureWrites(createWriteRequests(agent))])),
    ),
  );
  const [few = [], , many = []] = times;
  const ratio = compareRounds(many, few).median;
  const largest = agents.at(-1) as Agent;
  const { whole, unchanged } = await measureReads(bench, load, server, largest);
  await server.stop();
  const goals: Goal[] = [
    { name: `${database.name}: write at 1,000 stored ÷ at 10`, value: ratio, atMost: 1.5 },
    {
      name: `${database.name}: unchanged read ÷ whole read`,
      value: compareRounds(unchanged, whole).median,
      atMost: 0.5,
    },
  ];
  return { row: [database.name, ...times.map(median), ratio, median(whole), median(unchanged)], goals };
}

/** Reads a state with 1,000 patterns, without and with the current ETag, in alternating rounds. */
async function measureReads(
  { options }: Bench,
  load: LoadGenerator,
  server: MeasuredProcess,
  { programId, key }: Agent,
) {
  const { version } = await createClient(server, key).state.read(programId);
  const path = `/v1/programs/${programId}/state`;
  const measureRead = (status: number, headers: Record<string, string>) => async () => {
    const connections = [[formatHttpRequest({ method: 'GET', path, key, headers })]];
    const { p50Ms, statuses } = await load.run({ port: server.port, connections, seconds: options.seconds / 2 });
    if (Object.keys(statuses).join() !== `${status}`)
      throw new Error(`Reads were to be ${status}: ${JSON.stringify(statuses)}`);
    return p50Ms;
  };
  const sides = { whole: measureRead(200, {}), unchanged: measureRead(304, { 'If-None-Match': `"${version}"` }) };
  return runAlternating(options.rounds, sides);
}
