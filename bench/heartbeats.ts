/** How many durable heartbeats a second, against Express that does one bare UPDATE, and Express that only validates? */

import { runAlternating } from './support/alternating-rounds.ts';
import { type Bench, runBench } from './support/bench.ts';
import { type BenchDatabase, openDatabase } from './support/database.ts';
import type { Findings, Goal } from './support/findings.ts';
import { type Agent, startFleet } from './support/fleet.ts';
import { HEARTBEAT_KINDS, type HeartbeatKind, heartbeatRequests } from './support/heartbeat-requests.ts';
import { LoadGenerator, type LoadOutcome } from './support/load.ts';
import { cpuMs, type MeasuredProcess, startBaseline } from './support/measured-process.ts';
import { compareRounds, median } from './support/statistics.ts';

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
  readonly ours: MeasuredProcess;
  readonly update: MeasuredProcess;
  readonly validator: MeasuredProcess;
}

async function compare(
  load: LoadGenerator,
  sides: Sides,
  agents: readonly Agent[],
  body: HeartbeatKind,
  { options }: Bench,
) {
  const connections = agents.map((agent) => heartbeatRequests(agent, body));
  const round =
    ({ port, pid }: MeasuredProcess) =>
    async (): Promise<Round> => {
      const before = cpuMs(pid);
      const outcome = await load.run({ port, connections, seconds: options.seconds });
      const cpuUs = ((cpuMs(pid) - before) * 1_000) / outcome.answers;
      return { ...outcome, perSecond: outcome.answers / outcome.seconds, cpuUs };
    };
  return runAlternating(options.rounds, {
    ours: round(sides.ours),
    update: round(sides.update),
    validator: round(sides.validator),
  });
}

async function measureOnDatabase(
  bench: Bench,
  load: LoadGenerator,
  validator: MeasuredProcess,
  database: BenchDatabase,
) {
  const maxConnections = Math.max(...bench.options.connections);
  const fleet = await startFleet(bench, database, maxConnections);
  const baselineUrl = (await openDatabase(bench, database.requested))?.url ?? '';
  const update = await startBaseline(bench, 'one-update', {
    DATABASE_URL: baselineUrl,
    FLOOR_SESSIONS: String(maxConnections),
  });
  const rows: (string | number)[][] = [];
  const goals: Goal[] = [];
  for (const count of bench.options.connections) {
    for (const body of HEARTBEAT_KINDS) {
      bench.log(`${database.name}, ${count} connections, ${body} status`);
      const sides = { ours: fleet.server, update, validator };
      const found = await compare(load, sides, fleet.agents.slice(0, count), body, bench);
      const { row, ratios } = summarizeRounds(found);
      rows.push([database.name, count, body, ...row]);
      if (count === 64) goals.push(...buildGoals(database, body, ratios));
    }
  }
  await Promise.all([fleet.server.stop(), update.stop()]);
  return { rows, goals };
}

function summarizeRounds(found: Record<keyof Sides, Round[]>) {
  const all = [found.ours, found.update, found.validator];
  const computeMedians = (read: (round: Round) => number) => all.map((rounds) => median(rounds.map(read)));
  const rates = all.map((rounds) => rounds.map((round) => round.perSecond));
  const [ours = [], update = [], validator = []] = rates;
  const ratios = {
    update: compareRounds(ours, update).median,
    validator: compareRounds(ours, validator).median,
    p99: compareRounds(
      found.ours.map((round) => round.p99Ms),
      found.update.map((round) => round.p99Ms),
    ).median,
  };
  const row = [
    ...computeMedians((round) => round.perSecond),
    ratios.update,
    ratios.validator,
    ...computeMedians((round) => round.p50Ms),
    ...computeMedians((round) => round.p99Ms),
    ...computeMedians((round) => round.cpuUs),
  ];
  return { row, ratios };
}

const MIN_RATIO_TO_UPDATE = { mysql: 1.6, mariadb: 1.2 } as const;

function buildGoals(
  { kind, name }: BenchDatabase,
  body: HeartbeatKind,
  ratios: ReturnType<typeof summarizeRounds>['ratios'],
): Goal[] {
  const where = `64 connections, ${name}, ${body} status`;
  const goals: Goal[] = [{ name: `${where}: ÷ (b)`, value: ratios.validator, atLeast: 0.8 }];
  if (kind !== 'sqlite')
    goals.push({ name: `${where}: ÷ (a)`, value: ratios.update, atLeast: MIN_RATIO_TO_UPDATE[kind] });
  return [...goals, { name: `${where}: p99 ÷ that of (a)`, value: ratios.p99, atMost: 1 }];
}

await runBench('heartbeats', async (bench): Promise<Findings> => {
  const load = LoadGenerator.start(bench);
  const validator = await startBaseline(bench, 'validator-only');
  const rows: (string | number)[][] = [];
  const goals: Goal[] = [];
  const notes: string[] = [];
  for (const wanted of bench.options.databases) {
    const database = await openDatabase(bench, wanted);
    if (!database) continue;
    const found = await measureOnDatabase(bench, load, validator, database);
    rows.push(...found.rows);
    goals.push(...found.goals);
    notes.push(`${database.name}: ${database.durability}.`);
  }
  return {
    question:
      'How many durable heartbeats a second, against Express with one bare UPDATE, and Express that only validates?',
    tables: [{ title: 'Medians of the rounds', columns: COLUMNS, rows }],
    goals,
    notes,
  };
});
