/** A server and its agents: each is a program with a key and a session. */
import { createFleetbeat, type Fleetbeat } from '../../clients/typescript/src/index.ts';
import type { Bench } from './bench.ts';
import type { BenchDatabase } from './database.ts';
import { type MeasuredProcess, startServerProcess } from './measured-process.ts';

export const ADMIN_KEY = 'fb_bench_0123456789abcdef0123456789abcdef';
const MAX_CONCURRENT = 16;

export interface Agent {
  readonly programId: string;
  readonly sessionId: string;
  readonly key: string;
}

export interface Fleet {
  readonly server: MeasuredProcess;
  readonly admin: Fleetbeat;
  readonly agents: readonly Agent[];
}

export const createClient = (server: MeasuredProcess, key: string): Fleetbeat =>
  createFleetbeat({ baseUrl: `http://127.0.0.1:${server.port}`, key });

/** The built server with production settings, and `count` registered agents. */
export async function startFleet(
  bench: Bench,
  database: BenchDatabase,
  count: number,
  nodeOptions: readonly string[] = [],
): Promise<Fleet> {
  const settings = { DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY };
  const server = await startServerProcess(bench, settings, nodeOptions);
  const admin = createClient(server, ADMIN_KEY);
  const agents: Agent[] = [];
  for (let from = 0; from < count; from += MAX_CONCURRENT) {
    const some = Array.from({ length: Math.min(MAX_CONCURRENT, count - from) }, (_, index) =>
      registerAgent(server, admin, from + index),
    );
    agents.push(...(await Promise.all(some)));
  }
  return { server, admin, agents };
}

async function registerAgent(server: MeasuredProcess, admin: Fleetbeat, index: number): Promise<Agent> {
  const programId = `agent-${index}`;
  const sessionId = `session-${index}`;
  const { key } = await admin.keys.create({ programId });
  await createClient(server, key).sessions.create({ sessionId, programId, name: `Agent ${index}`, status: 'Starting' });
  return { programId, sessionId, key };
}
