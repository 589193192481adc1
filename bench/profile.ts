/** Where does the server's time go while 64 agents send heartbeats? A CPU profile, by package, function and part. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBench } from './support/bench.ts';
import { openDatabase } from './support/database.ts';
import type { Findings, Table } from './support/findings.ts';
import { startFleet } from './support/fleet.ts';
import { heartbeatRequests } from './support/heartbeat-requests.ts';
import { LoadGenerator } from './support/load.ts';
import { type CpuProfile, type Share, summarizeProfile } from './support/profile-summary.ts';

const MAX_ROWS = 25;
/** V8 and Node read the same clock of the system. */
const monotonicUs = () => Number(process.hrtime.bigint() / 1_000n);

await runBench(
  'profile',
  async (bench): Promise<Findings> => {
    const { options } = bench;
    const tables: Table[] = [];
    const notes: string[] = [];
    const load = LoadGenerator.start(bench);
    for (const wanted of options.databases) {
      const database = await openDatabase(bench, wanted);
      if (!database) continue;
      const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-profile-'));
      bench.defer(() => rmSync(folder, { recursive: true, force: true }));
      const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
      const fleet = await startFleet(bench, database, 64, flags);
      const connections = fleet.agents.map((agent) => heartbeatRequests(agent, 'new'));
      const from = monotonicUs();
      const { answers } = await load.run({ port: fleet.server.port, connections, seconds: options.seconds * 5 });
      const to = monotonicUs();
      await fleet.server.stop();
      const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile')) ?? '';
      const summary = summarizeProfile(
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile,
        from,
        to,
        MAX_ROWS,
      );
      const table = (what: string, shares: readonly Share[]): Table => ({
        title: `${database.name}: ${what}`,
        columns: ['Where', '% of the working time'],
        rows: shares.map(({ name, percent }) => [name, percent]),
      });
      tables.push(
        table('self time by package', summary.packages),
        table('self time by function', summary.functions),
        table('time by the part of the server that it was spent for, or the package', summary.attributed),
      );
      notes.push(`${database.name}: ${answers} heartbeats; ${database.durability}.`);
    }
    return {
      question: 'Where does the server’s time go while 64 agents send heartbeats?',
      tables,
      goals: [],
      notes,
    };
  },
  { full: ['mysql'] },
);
