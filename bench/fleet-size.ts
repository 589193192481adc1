/** Do the list and fleet health stay as fast when an account has two million sessions instead of a thousand? */
import { type Bench, run } from './support/bench.ts';
import { openDatabase } from './support/database.ts';
import type { Findings, Goal } from './support/findings.ts';
import { ADMIN_KEY, openFleet } from './support/fleet.ts';
import { httpText, LoadGenerator } from './support/load.ts';
import { alternate } from './support/rounds.ts';
import { seed } from './support/seed.ts';
import { median, ratioOf } from './support/statistics.ts';

const PROGRAMS = 100;
const LIVE = 500;
const WHOLE = [1_000, 100_000, 2_000_000];
const QUICK = [1_000, 100_000];

const READS = {
  'list, the newest 10': '/v1/sessions',
  'list, 50 that work': '/v1/sessions?state=working&limit=50',
  'list of one program, archived too': '/v1/sessions?programId=program-7&includeArchived=true',
  'fleet health': '/v1/fleet/health',
} as const;

/** A server on a database of its own with so many sessions. */
async function sized(bench: Bench, wanted: string, sessions: number, live: number) {
  const database = await openDatabase(bench, wanted);
  if (!database) return null;
  bench.say(`${database.name}: ${sessions} sessions, ${live} of them live`);
  const fleet = await openFleet(bench, database, 0);
  await seed(database, { programs: PROGRAMS, sessions, live });
  return { database, fleet, sessions, live };
}

async function onDatabase(bench: Bench, load: LoadGenerator, wanted: string) {
  const { quick, rounds, seconds } = bench.options;
  const sizes = (quick ? QUICK : WHOLE).map((sessions) => ({ sessions, live: LIVE }));
  const houses = [];
  for (const { sessions, live } of [...sizes, { sessions: 100_000, live: 100_000 }]) {
    const house = await sized(bench, wanted, sessions, live);
    if (!house) return null;
    houses.push(house);
  }
  const rows: (string | number)[][] = [];
  const goals: Goal[] = [];
  const name = houses[0]?.database.name ?? wanted;
  for (const [read, path] of Object.entries(READS)) {
    const connections = [[httpText({ method: 'GET', path, key: ADMIN_KEY })]];
    const sides = houses.map(
      ({ fleet }, index) =>
        [index, () => load.run({ port: fleet.server.port, connections, seconds: seconds / 3 })] as const,
    );
    const outcomes = await alternate(rounds, Object.fromEntries(sides));
    const times = houses.map((_, index) => (outcomes[index] ?? []).map(({ p50Ms }) => p50Ms));
    const ratio = ratioOf(times[sizes.length - 1] ?? [], times[0] ?? []).median;
    rows.push([name, read, ...times.map(median), ratio]);
    const largest = sizes.at(-1)?.sessions.toLocaleString('en');
    goals.push({ name: `${name}, ${read}: time at ${largest} ÷ at 1,000`, value: ratio, atMost: 1.5 });
  }
  for (const { fleet } of houses) await fleet.server.stop();
  return { rows, goals };
}

await run(
  'fleet-size',
  async (bench): Promise<Findings> => {
    const load = LoadGenerator.start(bench);
    const sizes = (bench.options.quick ? QUICK : WHOLE).map((size) => `${size.toLocaleString('en')}, ms`);
    const rows: (string | number)[][] = [];
    const goals: Goal[] = [];
    for (const wanted of bench.options.databases) {
      const found = await onDatabase(bench, load, wanted);
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
      plots: [
        {
          title: 'Time at the most sessions ÷ at 1,000',
          unit: '×',
          bars: rows.map((row) => ({ label: `${row[0]}: ${row[1]}`, value: Number(row.at(-1)) })),
        },
      ],
      notes: [],
    };
  },
  { quick: ['sqlite'], whole: ['sqlite', 'mysql'] },
);
