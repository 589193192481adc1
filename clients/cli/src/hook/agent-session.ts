/** The session that the hooks have opened for the agent that started this process. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { listSessionIds } from './abandoned.ts';
import { findAgentProcess } from './agent-process.ts';
import type { Environment } from './paths.ts';
import { SessionCache, sessionsFolder } from './session-cache.ts';

/** Null when no hook of that agent has opened one. After a `/clear` an agent has several: the newest counts. */
export function findSessionOfAgent(environment: Environment, programId: string, parentPid: number): string | null {
  const agent = findAgentProcess(parentPid);
  const folder = sessionsFolder(environment, programId);
  const found = listSessionIds(folder)
    .map((sessionId) => ({ sessionId, cache: new SessionCache(environment, programId, sessionId) }))
    .filter(({ cache }) => {
      const recorded = cache.readAgent();
      return (
        recorded !== null &&
        recorded.pid === agent?.pid &&
        recorded.startedAt === agent.startedAt &&
        recorded.where === agent.where
      );
    })
    .filter(({ cache }) => cache.read('ended') === null)
    .map((each) => ({ ...each, at: statSync(join(folder, each.sessionId, 'agent')).mtimeMs }))
    .toSorted((a, b) => b.at - a.at)[0];
  return found ? (found.cache.read('alias') ?? found.sessionId) : null;
}
