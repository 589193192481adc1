/** The time that one write of one pattern takes, at 10, 100 and 1,000 that are stored. */
import type { Bench } from './bench.ts';
import type { BenchDatabase } from './database.ts';
import type { Goal } from './findings.ts';
import { type Agent, clientOf, openFleet } from './fleet.ts';
import { httpText, LoadGenerator } from './load.ts';
import type { Program } from './process.ts';
import { alternate } from './rounds.ts';
import { median, ratioOf } from './statistics.ts';

const SIZES = [10, 100, 1_000];
const AT_ONCE = 500;

export const pattern = (id: string) => ({
  id,
  domain: 'auth',
  pattern: `Always validate ${id} before the role check`,
  evidence: 'Seen',
});

/** One less than `count` stays free for the write that adds one. */
async function fill(server: Program, { programId, key }: Agent, count: number): Promise<void> {
  const client = clientOf(server, key);
  for (let from = 0; from < count - 1; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - 1 - from) }, (_, index) =>
      pattern(`k-${from + index}`),
    );
    await client.state.update(programId, { learnedPatterns: some });
  }
}

/** Two writes to known patterns, one that adds another, and its removal. */
function writes({ programId, key }: Agent): string[] {
  const path = `/v1/programs/${programId}/state`;
  const write = (id: string) => httpText({ method: 'PATCH', path, key, body: { learnedPatterns: [pattern(id)] } });
  const removal = httpText({ method: 'DELETE', path: `/v1/programs/${programId}/patterns/new`, key });
  return [write('k-0'), write('k-7'), write('new'), removal];
}

export async function writesBySize(bench: Bench, database: BenchDatabase) {
  bench.say(`${database.name}: writes of one pattern`);
  const { rounds, seconds } = bench.options;
  const load = LoadGenerator.start(bench);
  const { server, agents } = await openFleet(bench, database, SIZES.length);
  for (const [index, agent] of agents.entries()) await fill(server, agent, SIZES[index] ?? 0);
  const timed = (requests: readonly string[]) => async () =>
    (await load.run({ port: server.port, connections: [requests], seconds })).p50Ms;
  const times = Object.values(
    await alternate(rounds, Object.fromEntries(agents.map((agent, index) => [index, timed(writes(agent))]))),
  );
  const [few = [], , many = []] = times;
  const ratio = ratioOf(many, few).median;
  const largest = agents.at(-1) as Agent;
  const { whole, unchanged } = await reads(bench, load, server, largest);
  await server.stop();
  const goals: Goal[] = [
    { name: `${database.name}: write at 1,000 stored ÷ at 10`, value: ratio, atMost: 1.5 },
    { name: `${database.name}: unchanged read ÷ whole read`, value: ratioOf(unchanged, whole).median, atMost: 0.5 },
  ];
  return { row: [database.name, ...times.map(median), ratio, median(whole), median(unchanged)], goals };
}

/** A read of a state with 1,000 patterns, without and with the ETag that its reader has, round by round. */
async function reads({ options }: Bench, load: LoadGenerator, server: Program, { programId, key }: Agent) {
  const { version } = await clientOf(server, key).state.read(programId);
  const path = `/v1/programs/${programId}/state`;
  const timed = (status: number, headers: Record<string, string>) => async () => {
    const connections = [[httpText({ method: 'GET', path, key, headers })]];
    const { p50Ms, statuses } = await load.run({ port: server.port, connections, seconds: options.seconds / 2 });
    if (Object.keys(statuses).join() !== `${status}`)
      throw new Error(`Reads were to be ${status}: ${JSON.stringify(statuses)}`);
    return p50Ms;
  };
  const sides = { whole: timed(200, {}), unchanged: timed(304, { 'If-None-Match': `"${version}"` }) };
  return alternate(options.rounds, sides);
}
