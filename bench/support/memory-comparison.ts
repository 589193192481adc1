/** The official memory server and ours: one write of one memory by the same MCP client, by the number stored. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAlternating } from './alternating-rounds.ts';
import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import type { Table } from './findings.ts';
import { type Agent, createClient, startFleet } from './fleet.ts';
import { type CallTool, connectFleetbeat, connectMemoryServer, MEMORY_SERVER } from './memory-server.ts';
import { createPattern } from './pattern-writes.ts';
import { compareRounds, median } from './statistics.ts';

const SIZES = [10, 1_000, 10_000];
/** The limit of one program; more memories belong to several programs, as in practice. */
const PER_PROGRAM = 1_000;
const BATCH_SIZE = 500;

interface Sides {
  readonly ours: () => Promise<unknown>;
  readonly theirs: () => Promise<unknown>;
}

export async function compareWithMemoryServer(bench: Bench): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-memory-'));
  bench.defer(() => rmSync(folder, { recursive: true, force: true }));
  const rows: (string | number)[][] = [];
  for (const size of SIZES) {
    bench.log(`beside ${MEMORY_SERVER}, at ${size}`);
    const sides = await openSides(bench, folder, size);
    const measureSide = (write: () => Promise<unknown>) => () => measureMedian(write, bench.options.seconds);
    const { ours, theirs } = await runAlternating(bench.options.rounds, {
      ours: measureSide(sides.ours),
      theirs: measureSide(sides.theirs),
    });
    rows.push([size, median(ours), median(theirs), compareRounds(theirs, ours).median]);
  }
  return {
    title: `Median time of one write by MCP, beside ${MEMORY_SERVER}: ours over HTTP into SQLite and on the disk, theirs over a pipe into a file and not synced`,
    columns: ['Memories stored', 'Ours, ms', 'Theirs, ms', 'Theirs ÷ ours'],
    rows,
  };
}

async function openSides(bench: Bench, folder: string, size: number): Promise<Sides> {
  const database = await openDatabase(bench, 'sqlite');
  if (!database) throw new Error('SQLite is always there');
  const { server, agents } = await startFleet(bench, database, Math.ceil(size / PER_PROGRAM));
  for (const { programId, key } of agents) {
    const client = createClient(server, key);
    const own = Math.min(PER_PROGRAM, size);
    for (let from = 0; from < own; from += BATCH_SIZE) {
      const some = Array.from({ length: Math.min(BATCH_SIZE, own - from) }, (_, index) =>
        createPattern(`k-${from + index}`),
      );
      await client.state.update(programId, { learnedPatterns: some });
    }
  }
  const file = join(folder, `memory-${size}.jsonl`);
  const lines = Array.from({ length: size }, (_, index) => JSON.stringify({ type: 'entity', ...entity(`k-${index}`) }));
  writeFileSync(file, lines.join('\n'));
  const [{ programId, key } = {} as Agent] = agents;
  const [ours, theirs] = await Promise.all([
    connectFleetbeat(bench, server.port, key),
    connectMemoryServer(bench, file),
  ]);
  return createSides((tool, given) => ours(tool, { programId, ...given }), theirs);
}

const entity = (name: string) => ({ name, entityType: 'pattern', observations: [createPattern(name).pattern] });

/** An addition to a known memory. */
function createSides(ours: CallTool, theirs: CallTool): Sides {
  let step = 0;
  return {
    ours: () => {
      step += 1;
      const learned = { ...createPattern('k-3'), evidence: `Seen ${step} times` };
      return ours('update_program_state', { learnedPatterns: [learned] });
    },
    theirs: () => {
      step += 1;
      return theirs('add_observations', { observations: [{ entityName: 'k-3', contents: [`Seen ${step} times`] }] });
    },
  };
}

async function measureMedian(write: () => Promise<unknown>, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  while (performance.now() < end || times.length === 0) {
    const start = performance.now();
    await write();
    times.push(performance.now() - start);
  }
  return median(times);
}
