/** A server with agents that may call it: each a program with a key and a session of its own. */
import { createFleetbeat, type Fleetbeat } from '../../clients/typescript/src/index.ts';
import type { Bench } from './bench.ts';
import type { BenchDatabase } from './database.ts';
import { type Program, startServer } from './process.ts';

export const ADMIN_KEY = 'fb_bench_0123456789abcdef0123456789abcdef';
const AT_ONCE = 16;

export interface Agent {
  readonly programId: string;
  readonly sessionId: string;
  readonly key: string;
}

export interface Fleet {
  readonly server: Program;
  readonly admin: Fleetbeat;
  readonly agents: readonly Agent[];
}

export const clientOf = (server: Program, key: string): Fleetbeat =>
  createFleetbeat({ baseUrl: `http://127.0.0.1:${server.port}`, key });

/** The built server as in production, and `count` agents that have registered. */
export async function openFleet(
  bench: Bench,
  database: BenchDatabase,
  count: number,
  nodeOptions: readonly string[] = [],
): Promise<Fleet> {
  const settings = { DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY };
  const server = await startServer(bench, settings, nodeOptions);
  const admin = clientOf(server, ADMIN_KEY);
  const agents: Agent[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) =>
      enrol(server, admin, from + index),
    );
    agents.push(...(await Promise.all(some)));
  }
  return { server, admin, agents };
}

async function enrol(server: Program, admin: Fleetbeat, index: number): Promise<Agent> {
  const programId = `agent-${index}`;
  const sessionId = `session-${index}`;
  const { key } = await admin.keys.create({ programId });
  await clientOf(server, key).sessions.create({ sessionId, programId, name: `Agent ${index}`, status: 'Starting' });
  return { programId, sessionId, key };
}
