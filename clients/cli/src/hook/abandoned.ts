/**
 * Sessions whose agent was killed on this machine. The server would call them stale only after 15 minutes. Here it is known
 * at once, so they are reported as killed, with what they left behind, and the next boot takes over by the server's own rules.
 */
import { readdirSync } from 'node:fs';
import type { Fleetbeat } from '@fleetbeat/client';
import { findAgentProcess, hasEnded } from './agent-process.ts';
import { listClaimedTasks } from './claimed-tasks.ts';
import type { Handover } from './handover.ts';
import { harvest } from './harvest.ts';
import { classifyError, concernsAll } from './hook-client.ts';
import type { Environment } from './paths.ts';
import { SessionCache, sessionsFolder } from './session-cache.ts';

/** Records which process is the agent of a session. */
export function saveAgentProcess(cache: SessionCache): void {
  const agent = findAgentProcess(process.ppid);
  cache.write('agent', agent && JSON.stringify(agent));
}

interface StartingSession {
  readonly programId: string;
  /** The session that starts, which is no abandoned one. */
  readonly starting: string;
  /** False keeps what it was told and has said on this machine. */
  readonly words: boolean;
}

/** Resolves with the ids of the sessions whose process is gone. Throws what the server or the network threw. */
export async function handOffAbandoned(
  environment: Environment,
  server: Fleetbeat,
  { programId, starting, words }: StartingSession,
): Promise<string[]> {
  const abandoned: string[] = [];
  for (const sessionId of listSessionIds(sessionsFolder(environment, programId))) {
    const cache = new SessionCache(environment, programId, sessionId);
    if (sessionId === starting || cache.read('ended') !== null) continue;
    const agent = cache.readAgent();
    if (!agent || !hasEnded(agent)) continue;
    const id = cache.read('alias') ?? sessionId;
    await handOff(server, { cache, programId, sessionId: id, words });
    cache.write('ended', '');
    abandoned.push(id);
  }
  return abandoned;
}

interface Abandoned {
  readonly cache: SessionCache;
  readonly programId: string;
  readonly sessionId: string;
  readonly words: boolean;
}

async function handOff(server: Fleetbeat, abandoned: Abandoned): Promise<void> {
  const { cache, sessionId, words } = abandoned;
  try {
    const { status, state, archived, successor, contextUsedPercent } = await server.sessions.get(sessionId);
    // A person pinned it to keep it as it is.
    if (state === 'complete' || state === 'pinned' || archived || successor !== null) return;
    const change = {
      status: status ?? 'Its process has ended',
      killed: true,
      ...(words && { handover: await harvestAbandoned(server, abandoned, contextUsedPercent) }),
    };
    // Its own events that still wait are no signs of life.
    cache.write('killed', '');
    // So that its own events that still wait in the spool do not count as older than this write.
    cache.write('seen', (await server.sessions.update(sessionId, change)).updatedAt);
  } catch (error) {
    if (concernsAll(classifyError(error))) throw error;
  }
}

/** What it has left behind, from what its hooks have kept: nobody was there to tell. */
async function harvestAbandoned(
  server: Fleetbeat,
  { cache, programId, sessionId }: Abandoned,
  contextUsedPercent: number | undefined,
): Promise<Handover> {
  const { prompt, commands } = cache.readNotes();
  const answer = cache.read('answer') ?? cache.read('earlierAnswer');
  const claimedTasks = await listClaimedTasks(server, programId, sessionId);
  const lastReport = {
    ...(prompt && { lastPrompt: prompt }),
    ...(answer && { lastAnswer: answer }),
    ...(commands.length > 0 && { lastCommands: [...commands] }),
    ...(claimedTasks.length > 0 && { claimedTasks }),
    ...(contextUsedPercent !== undefined && { contextUsedPercent }),
  };
  return await harvest(lastReport, cache.read('folder'));
}

export function listSessionIds(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
