/** Do the list and fleet health stay as fast when an account has two million sessions instead of a thousand? */

import { runAlternating } from './support/alternating-rounds.ts';
import { type Bench, runBench } from './support/bench.ts';
import { openDatabase } from './support/database.ts';
import type { Findings, Goal } from './support/findings.ts';
import { ADMIN_KEY, startFleet } from './support/fleet.ts';
import { formatHttpRequest, LoadGenerator } from './support/load.ts';
import { seedSessions } from './support/seed-sessions.ts';
import { compareRounds, median } from './support/statistics.ts';

const PROGRAMS = 100;
const LIVE = 500;
const FULL_SIZES = [1_000, 100_000, 2_000_000];
const QUICK_SIZES = [1_000, 100_000];

const READS = {
  'list, the newest 10': '/v1/sessions',
  'list, 50 that work': '/v1/sessions?state=working&limit=50',
  'list of one program, archived too': '/v1/sessions?programId=program-7&includeArchived=true',
  'fleet health': '/v1/fleet/health',
} as const;

/** A server on a database of its own with this many sessions. */
async function startSizedFleet(bench: Bench, wanted: string, sessions: number, live: number) {
  const database = await openDatabase(bench, wanted);
  if (!database) return null;
  bench.log(`${database.name}: ${sessions} sessions, ${live} of them live`);
  const fleet = await startFleet(bench, database, 0);
  await seedSessions(database, { programs: PROGRAMS, sessions, live });
  return { database, fleet, sessions, live };
}

async function measureOnDatabase(bench: Bench, load: LoadGenerator, wanted: string) {
  const { quick, rounds, seconds } = bench.options;
  const sizes = (quick ? QUICK_SIZES : FULL_SIZES).map((sessions) => ({ sessions, live: LIVE }));
  const servers = [];
  for (const { sessions, live } of [...sizes, { sessions: 100_000, live: 100_000 }]) {
    const server = await startSizedFleet(bench, wanted, sessions, live);
    if (!server) return null;
    servers.push(server);
  }
  const rows: (string | number)[][] = [];
  const goals: Goal[] = [];
  const name = servers[0]?.database.name ?? wanted;
  for (const [read, path] of Object.entries(READS)) {
    const connections = [[formatHttpRequest({ method: 'GET', path, key: ADMIN_KEY })]];
    const sides = servers.map(
      ({ fleet }, index) =>
        [index, () => load.run({ port: fleet.server.port, connections, seconds: seconds / 3 })] as const,
    );
    const outcomes = await runAlternating(rounds, Object.fromEntries(sides));
    const times = servers.map((_, index) => (outcomes[index] ?? []).map(({ p50Ms }) => p50Ms));
    const ratio = compareRounds(times[sizes.length - 1] ?? [], times[0] ?? []).median;
    rows.push([name, read, ...times.map(median), ratio]);
    const largest = sizes.at(-1)?.sessions.toLocaleString('en');
    goals.push({ name: `${name}, ${read}: time at ${largest} ÷ at 1,000`, value: ratio, atMost: 1.5 });
  }
  for (const { fleet } of servers) await fleet.server.stop();
  return { rows, goals };
}

await runBench(
  'fleet-size',
  async (bench): Promise<Findings> => {
    const load = LoadGenerator.start(bench);
    const sizes = (bench.options.quick ? QUICK_SIZES : FULL_SIZES).map((size) => `${size.toLocaleString('en')}, ms`);
    const rows: (string | number)[][] = [];
    const goals: Goal[] = [];
    for (const wanted of bench.options.databases) {
      const found = await measureOnDatabase(bench, load, wanted);
      rows.push(...(found?.rows ?? []));
      goals.push(...(found?.goals ?? []));
    }
    return {
      question:
        'Do the list and fleet health stay as fast when an account has two million sessions instead of a thousand?',
      tables: [
        {
          title: `Median time of one request, at so many sessions: ${LIVE} live ones of ${PROGRAMS} programs, the others archived`,
          columns: ['Database', 'Request', ...sizes, '100,000, all live, ms', 'Largest ÷ smallest'],
          rows,
        },
      ],
      goals,
      notes: [],
    };
  },
  { quick: ['sqlite'], full: ['sqlite', 'mysql'] },
);
