/**
 * Sessions whose agent was killed on this machine. The server would call them stale after 15 minutes; here it is known at
 * once, so they are made to ask for a successor, and the next boot takes over from them by the server's own rules.
 */
import { readdirSync } from 'node:fs';
import type { Fleetbeat } from '@fleetbeat/client';
import { type AgentProcess, findAgentProcess, hasEnded } from './agent-process.ts';
import { classifyError } from './hook-client.ts';
import type { Environment } from './paths.ts';
import { SessionCache, sessionsFolder } from './session-cache.ts';

/** Keeps which process the agent of a session is. */
export function saveAgentProcess(cache: SessionCache): void {
  const agent = findAgentProcess(process.ppid);
  cache.write('agent', agent && JSON.stringify(agent));
}

/** Throws what the server or the network threw. */
export async function handOffAbandoned(
  environment: Environment,
  server: Fleetbeat,
  programId: string,
  starting: string,
): Promise<void> {
  for (const sessionId of listSessionIds(sessionsFolder(environment, programId))) {
    const cache = new SessionCache(environment, programId, sessionId);
    if (sessionId === starting || cache.read('ended') !== null) continue;
    const agent = readAgentProcess(cache);
    if (!agent || !hasEnded(agent)) continue;
    await handOff(server, cache, cache.read('alias') ?? sessionId);
    cache.write('ended', '');
  }
}

async function handOff(server: Fleetbeat, cache: SessionCache, sessionId: string): Promise<void> {
  try {
    const { status, state, archived, successor } = await server.sessions.get(sessionId);
    // Pinned means that a person wants to see it as it is.
    if (state === 'complete' || state === 'pinned' || archived || successor !== null) return;
    const change = { status: status ?? 'Its process has ended', handoffRequired: true };
    // What of it still waits to be told stays news.
    cache.write('seen', (await server.sessions.update(sessionId, change)).updatedAt);
  } catch (error) {
    if (classifyError(error) === 'away') throw error;
  }
}

function readAgentProcess(cache: SessionCache): AgentProcess | null {
  try {
    return JSON.parse(cache.read('agent') ?? 'null') as AgentProcess | null;
  } catch {
    return null;
  }
}

function listSessionIds(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
