/**
 * Sessions whose agent was killed on this machine. The server would call them stale only after 15 minutes. Here it is known
 * at once, so they are made to ask for a successor, and the next boot takes over by the server's own rules.
 */
import { readdirSync } from 'node:fs';
import type { Fleetbeat } from '@fleetbeat/client';
import { type AgentProcess, findAgentProcess, hasEnded } from './agent-process.ts';
import { classifyError, concernsAll } from './hook-client.ts';
import type { Environment } from './paths.ts';
import { SessionCache, sessionsFolder } from './session-cache.ts';

/** Records which process is the agent of a session. */
export function saveAgentProcess(cache: SessionCache): void {
  const agent = findAgentProcess(process.ppid);
  cache.write('agent', agent && JSON.stringify(agent));
}

/** Resolves with the ids of the sessions whose process is gone. Throws what the server or the network threw. */
export async function handOffAbandoned(
  environment: Environment,
  server: Fleetbeat,
  programId: string,
  starting: string,
): Promise<string[]> {
  const abandoned: string[] = [];
  for (const sessionId of listSessionIds(sessionsFolder(environment, programId))) {
    const cache = new SessionCache(environment, programId, sessionId);
    if (sessionId === starting || cache.read('ended') !== null) continue;
    const agent = readAgentProcess(cache);
    if (!agent || !hasEnded(agent)) continue;
    const id = cache.read('alias') ?? sessionId;
    await handOff(server, cache, id);
    cache.write('ended', '');
    abandoned.push(id);
  }
  return abandoned;
}

async function handOff(server: Fleetbeat, cache: SessionCache, sessionId: string): Promise<void> {
  try {
    const { status, state, archived, successor } = await server.sessions.get(sessionId);
    // A person pinned it to keep it as it is.
    if (state === 'complete' || state === 'pinned' || archived || successor !== null) return;
    const change = { status: status ?? 'Its process has ended', handoffRequired: true };
    // So that its own events that still wait in the spool do not count as older than this write.
    cache.write('seen', (await server.sessions.update(sessionId, change)).updatedAt);
  } catch (error) {
    if (concernsAll(classifyError(error))) throw error;
  }
}

export function readAgentProcess(cache: SessionCache): AgentProcess | null {
  try {
    return JSON.parse(cache.read('agent') ?? 'null') as AgentProcess | null;
  } catch {
    return null;
  }
}

export function listSessionIds(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
