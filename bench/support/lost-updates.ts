/** 16 writers in two processes write to one store: how many acknowledged writes are still there? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { type BenchDatabase, openDatabase } from './database.ts';
import { ADMIN_KEY, type Agent, createClient, startFleet } from './fleet.ts';
import { formatHttpRequest, LoadGenerator } from './load.ts';
import { startServerProcess } from './measured-process.ts';
import { connectMemoryServer, MEMORY_SERVER } from './memory-server.ts';
import { createPattern } from './pattern-writes.ts';

const PROCESSES = 2;
const WRITERS_EACH = 8;
const MAX_SECONDS = 60;

/** Few enough to fit into one program's state. */
const getWritesPerWriter = ({ options }: Bench): number => (options.quick ? 10 : 60);

const createPatternIds = (bench: Bench, of: number): string[][] =>
  Array.from({ length: WRITERS_EACH }, (_, writer) =>
    Array.from({ length: getWritesPerWriter(bench) }, (_, step) => `p${of}-w${writer}-${step}`),
  );

type Row = (string | number)[];

/** On MySQL and MariaDB each writer process has its own server process; a SQLite file has one. */
async function ours(bench: Bench, database: BenchDatabase): Promise<Row> {
  bench.log(`${database.name}: concurrent writers`);
  const fresh = await startFreshFleet(bench, database);
  const { server, agents } = fresh;
  const [{ programId, key } = {} as Agent] = agents;
  const settings = { DATABASE_URL: fresh.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY };
  const second = database.kind === 'sqlite' ? server : await startServerProcess(bench, settings);
  const write = (id: string) =>
    formatHttpRequest({
      method: 'PATCH',
      path: `/v1/programs/${programId}/state`,
      key,
      body: { learnedPatterns: [createPattern(id)] },
    });
  const outcomes = await Promise.all(
    [server, second].map(({ port }, of) => {
      const connections = createPatternIds(bench, of).map((ids) => ids.map(write));
      return LoadGenerator.start(bench).run({ port, connections, once: true, seconds: MAX_SECONDS });
    }),
  );
  const acknowledged = outcomes.reduce((sum, { answers }) => sum + answers, 0);
  const { learnedPatterns } = await createClient(server, key).state.read(programId);
  await Promise.all([server.stop(), second.stop()]);
  const where = database.kind === 'sqlite' ? '2 of writers, 1 server' : '2 of writers, 2 servers';
  return [database.name, where, acknowledged, learnedPatterns.length, acknowledged - learnedPatterns.length];
}

async function startFreshFleet(bench: Bench, { requested }: BenchDatabase) {
  const database = await openDatabase(bench, requested);
  if (!database) throw new Error(`${requested} is gone`);
  return { ...(await startFleet(bench, database, 1)), url: database.url };
}

/** Each writer process starts its own server on the same file, as agents do. */
async function memoryServer(bench: Bench): Promise<Row> {
  bench.log(`${MEMORY_SERVER}: concurrent writers`);
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-memory-'));
  bench.defer(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'memory.jsonl');
  let acknowledged = 0;
  const write = async (of: number) => {
    const call = await connectMemoryServer(bench, file);
    const writer = async (ids: readonly string[]) => {
      for (const name of ids) {
        const entity = { name, entityType: 'pattern', observations: [createPattern(name).pattern] };
        const isDone = await call('create_entities', { entities: [entity] }).then(
          () => true,
          () => false,
        );
        if (isDone) acknowledged += 1;
      }
    };
    await Promise.all(createPatternIds(bench, of).map(writer));
  };
  await Promise.all(Array.from({ length: PROCESSES }, (_, of) => write(of)));
  const reader = await connectMemoryServer(bench, file);
  const present = await reader('read_graph', {}).then(
    (text) => (JSON.parse(text) as { entities: unknown[] }).entities.length,
    () => 0,
  );
  return [MEMORY_SERVER, '2, a server each', acknowledged, present, acknowledged - present];
}

export const lostUpdates = { ours, memoryServer };
