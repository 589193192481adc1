/**
 * Sessions whose agent was killed on this machine. The server would call them stale after 15 minutes; here it is known at
 * once, so they are made to ask for a successor, and the next boot takes over from them by the server's own rules.
 */
import { readdirSync } from 'node:fs';
import type { Fleetbeat } from '@fleetbeat/client';
import { type AgentProcess, agentAbove, hasEnded } from './agent.ts';
import { Notebook, sessionsFolder } from './notebook.ts';
import type { Environment } from './places.ts';
import { troubleOf } from './server.ts';

/** Keeps which process the agent of a session is. */
export function rememberAgent(notebook: Notebook): void {
  const agent = agentAbove(process.ppid);
  notebook.write('agent', agent && JSON.stringify(agent));
}

/** Throws what the server or the network threw. */
export async function handOffAbandoned(
  environment: Environment,
  server: Fleetbeat,
  programId: string,
  starting: string,
): Promise<void> {
  for (const sessionId of ids(sessionsFolder(environment, programId))) {
    const notebook = new Notebook(environment, programId, sessionId);
    if (sessionId === starting || notebook.read('ended') !== null) continue;
    const agent = read(notebook);
    if (!agent || !hasEnded(agent)) continue;
    await handOff(server, notebook, notebook.read('alias') ?? sessionId);
    notebook.write('ended', '');
  }
}

async function handOff(server: Fleetbeat, notebook: Notebook, sessionId: string): Promise<void> {
  try {
    const { status, state, archived, successor } = await server.sessions.get(sessionId);
    // Pinned means that a person wants to see it as it is.
    if (state === 'complete' || state === 'pinned' || archived || successor !== null) return;
    const change = { status: status ?? 'Its process has ended', handoffRequired: true };
    // What of it still waits to be told stays news.
    notebook.write('seen', (await server.sessions.update(sessionId, change)).updatedAt);
  } catch (error) {
    if (troubleOf(error) === 'away') throw error;
  }
}

function read(notebook: Notebook): AgentProcess | null {
  try {
    return JSON.parse(notebook.read('agent') ?? 'null') as AgentProcess | null;
  } catch {
    return null;
  }
}

function ids(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
