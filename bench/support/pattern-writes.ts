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
  const [read, unchanged] = await reads(bench, load, server, largest);
  await server.stop();
  const goals: Goal[] = [{ name: `${database.name}: write at 1,000 stored ÷ at 10`, value: ratio, atMost: 1.5 }];
  const isOffered = Number.isFinite(unchanged);
  if (isOffered)
    goals.push({ name: `${database.name}: unchanged read ÷ whole read`, value: unchanged / read, atMost: 1 });
  return { row: [database.name, ...times.map(median), ratio, read, isOffered ? unchanged : 'not offered'], goals };
}

/** A read of a state with 1,000 patterns, without and with the ETag that the reader has; NaN where that is not offered. */
async function reads({ options }: Bench, load: LoadGenerator, { port }: Program, { programId, key }: Agent) {
  const path = `/v1/programs/${programId}/state`;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { Authorization: `Bearer ${key}` } });
  const etag = answer.headers.get('etag') ?? '';
  const headers = { 'If-None-Match': etag };
  const again = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { Authorization: `Bearer ${key}`, ...headers },
  });
  const timed = (extra: Record<string, string>) => async () =>
    (
      await load.run({
        port,
        connections: [[httpText({ method: 'GET', path, key, headers: extra })]],
        seconds: options.seconds / 2,
      })
    ).p50Ms;
  const { whole, unchanged } = await alternate(options.rounds, { whole: timed({}), unchanged: timed(headers) });
  return [median(whole), again.status === 304 ? median(unchanged) : Number.NaN] as const;
}
