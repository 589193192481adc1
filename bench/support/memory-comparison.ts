/** The official memory server beside ours: one write of one memory, by the same MCP client, at so many stored. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import type { Table } from './findings.ts';
import { type Agent, clientOf, openFleet } from './fleet.ts';
import { type Call, callFleetbeat, callMemoryServer, MEMORY_SERVER } from './memory-server.ts';
import { pattern } from './pattern-writes.ts';
import { alternate } from './rounds.ts';
import { median, ratioOf } from './statistics.ts';

const SIZES = [10, 1_000, 10_000];
/** What one program may keep; beyond it the memories are those of several programs, as they would be. */
const PER_PROGRAM = 1_000;
const AT_ONCE = 500;

interface Sides {
  readonly ours: () => Promise<unknown>;
  readonly theirs: () => Promise<unknown>;
}

export async function memoryServerBeside(bench: Bench): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-memory-'));
  bench.defer(() => rmSync(folder, { recursive: true, force: true }));
  const rows: (string | number)[][] = [];
  for (const size of SIZES) {
    bench.say(`beside ${MEMORY_SERVER}, at ${size}`);
    const sides = await open(bench, folder, size);
    const each = (write: () => Promise<unknown>) => () => timed(write, bench.options.seconds);
    const { ours, theirs } = await alternate(bench.options.rounds, {
      ours: each(sides.ours),
      theirs: each(sides.theirs),
    });
    rows.push([size, median(ours), median(theirs), ratioOf(theirs, ours).median]);
  }
  return {
    title: `Median time of one write by MCP, beside ${MEMORY_SERVER}: ours over HTTP into SQLite and on the disk, theirs over a pipe into a file and not synced`,
    columns: ['Memories stored', 'Ours, ms', 'Theirs, ms', 'Theirs ÷ ours'],
    rows,
  };
}

async function open(bench: Bench, folder: string, size: number): Promise<Sides> {
  const database = await openDatabase(bench, 'sqlite');
  if (!database) throw new Error('SQLite is always there');
  const { server, agents } = await openFleet(bench, database, Math.ceil(size / PER_PROGRAM));
  for (const { programId, key } of agents) {
    const client = clientOf(server, key);
    const own = Math.min(PER_PROGRAM, size);
    for (let from = 0; from < own; from += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, own - from) }, (_, index) => pattern(`k-${from + index}`));
      await client.state.update(programId, { learnedPatterns: some });
    }
  }
  const file = join(folder, `memory-${size}.jsonl`);
  const lines = Array.from({ length: size }, (_, index) => JSON.stringify({ type: 'entity', ...entity(`k-${index}`) }));
  writeFileSync(file, lines.join('\n'));
  const [{ programId, key } = {} as Agent] = agents;
  const [ours, theirs] = await Promise.all([callFleetbeat(bench, server.port, key), callMemoryServer(bench, file)]);
  return writers((tool, given) => ours(tool, { programId, ...given }), theirs);
}

const entity = (name: string) => ({ name, entityType: 'pattern', observations: [pattern(name).pattern] });

/** Something new about a memory that is known. */
function writers(ours: Call, theirs: Call): Sides {
  let step = 0;
  return {
    ours: () => {
      step += 1;
      const learned = { ...pattern('k-3'), evidence: `Seen ${step} times` };
      return ours('update_program_state', { learnedPatterns: [learned] });
    },
    theirs: () => {
      step += 1;
      return theirs('add_observations', { observations: [{ entityName: 'k-3', contents: [`Seen ${step} times`] }] });
    },
  };
}

async function timed(write: () => Promise<unknown>, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  while (performance.now() < end || times.length === 0) {
    const start = performance.now();
    await write();
    times.push(performance.now() - start);
  }
  return median(times);
}
