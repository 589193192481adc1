/** How many durable heartbeats a second, against Express that does one bare UPDATE, and Express that only validates? */

import { type Bench, run } from './support/bench.ts';
import { type BenchDatabase, openDatabase } from './support/database.ts';
import type { Findings, Goal } from './support/findings.ts';
import { type Agent, openFleet } from './support/fleet.ts';
import { BODIES, type Body, heartbeats } from './support/heartbeat-requests.ts';
import { LoadGenerator, type LoadOutcome } from './support/load.ts';
import { cpuMs, type Program, startFloor } from './support/process.ts';
import { alternate } from './support/rounds.ts';
import { median, ratioOf } from './support/statistics.ts';

const COLUMNS = ['Database', 'Connections', 'Body', 'Ours /s', '(a) /s', '(b) /s', 'Ours ÷ (a)', 'Ours ÷ (b)'].concat([
  'p50 ms: ours',
  '(a)',
  '(b)',
  'p99 ms: ours',
  '(a)',
  '(b)',
  'CPU µs: ours',
  '(a)',
  '(b)',
]);

type Round = LoadOutcome & { readonly perSecond: number; readonly cpuUs: number };

interface Sides {
  readonly ours: Program;
  readonly update: Program;
  readonly validator: Program;
}

async function compare(load: LoadGenerator, sides: Sides, agents: readonly Agent[], body: Body, { options }: Bench) {
  const connections = agents.map((agent) => heartbeats(agent, body));
  const round =
    ({ port, pid }: Program) =>
    async (): Promise<Round> => {
      const before = cpuMs(pid);
      const outcome = await load.run({ port, connections, seconds: options.seconds });
      const cpuUs = ((cpuMs(pid) - before) * 1_000) / outcome.answers;
      return { ...outcome, perSecond: outcome.answers / outcome.seconds, cpuUs };
    };
  return alternate(options.rounds, {
    ours: round(sides.ours),
    update: round(sides.update),
    validator: round(sides.validator),
  });
}

async function onDatabase(bench: Bench, load: LoadGenerator, validator: Program, database: BenchDatabase) {
  const most = Math.max(...bench.options.connections);
  const fleet = await openFleet(bench, database, most);
  const floorUrl = (await openDatabase(bench, database.wanted))?.url ?? '';
  const update = await startFloor(bench, 'one-update', { DATABASE_URL: floorUrl, FLOOR_SESSIONS: String(most) });
  const rows: (string | number)[][] = [];
  const goals: Goal[] = [];
  for (const count of bench.options.connections) {
    for (const body of BODIES) {
      bench.say(`${database.name}, ${count} connections, ${body} status`);
      const sides = { ours: fleet.server, update, validator };
      const found = await compare(load, sides, fleet.agents.slice(0, count), body, bench);
      const { row, ratios } = judge(found);
      rows.push([database.name, count, body, ...row]);
      if (count === 64) goals.push(...goalsOf(database, body, ratios));
    }
  }
  await Promise.all([fleet.server.stop(), update.stop()]);
  return { rows, goals };
}

function judge(found: Record<keyof Sides, Round[]>) {
  const all = [found.ours, found.update, found.validator];
  const each = (read: (round: Round) => number) => all.map((rounds) => median(rounds.map(read)));
  const rates = all.map((rounds) => rounds.map((round) => round.perSecond));
  const [ours = [], update = [], validator = []] = rates;
  const ratios = {
    update: ratioOf(ours, update).median,
    validator: ratioOf(ours, validator).median,
    p99: ratioOf(
      found.ours.map((round) => round.p99Ms),
      found.update.map((round) => round.p99Ms),
    ).median,
  };
  const row = [
    ...each((round) => round.perSecond),
    ratios.update,
    ratios.validator,
    ...each((round) => round.p50Ms),
    ...each((round) => round.p99Ms),
    ...each((round) => round.cpuUs),
  ];
  return { row, ratios };
}

const OVER_UPDATE = { mysql: 1.6, mariadb: 1.2 } as const;

function goalsOf({ kind, name }: BenchDatabase, body: Body, ratios: ReturnType<typeof judge>['ratios']): Goal[] {
  const where = `64 connections, ${name}, ${body} status`;
  const goals: Goal[] = [{ name: `${where}: ÷ (b)`, value: ratios.validator, atLeast: 0.8 }];
  if (kind !== 'sqlite') goals.push({ name: `${where}: ÷ (a)`, value: ratios.update, atLeast: OVER_UPDATE[kind] });
  return [...goals, { name: `${where}: p99 ÷ that of (a)`, value: ratios.p99, atMost: 1 }];
}

await run('heartbeats', async (bench): Promise<Findings> => {
  const load = LoadGenerator.start(bench);
  const validator = await startFloor(bench, 'validator-only');
  const rows: (string | number)[][] = [];
  const goals: Goal[] = [];
  const notes: string[] = [];
  for (const wanted of bench.options.databases) {
    const database = await openDatabase(bench, wanted);
    if (!database) continue;
    const found = await onDatabase(bench, load, validator, database);
    rows.push(...found.rows);
    goals.push(...found.goals);
    notes.push(`${database.name}: ${database.durability}.`);
  }
  const bars = rows.map(([name, count, body, , , , ratio]) => ({
    label: `${name}, ${count}, ${body}`,
    value: Number(ratio),
  }));
  return {
    question:
      'How many durable heartbeats a second, against Express with one bare UPDATE, and Express that only validates?',
    tables: [{ title: 'Medians of the rounds', columns: COLUMNS, rows }],
    goals,
    plots: [{ title: 'Heartbeats a second, ÷ floor (a)', unit: '×', bars }],
    notes,
  };
});
