/** Sessions as the schemas of the contract. Staleness is derived at `now`. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { Settings } from '../../platform/settings.ts';
import { contextFullAt, contextUsedPercent, handoffAdvised } from './context-usage.ts';
import type { SessionRow } from './entity.ts';
import { isStale, isStuck } from './liveness.ts';
import type { SessionChangeRow } from './timeline.ts';

export function toSessionView(row: SessionRow, now: number, settings: Settings): components['schemas']['Session'] {
  const used = contextUsedPercent(row);
  return {
    sessionId: row.sessionId,
    programId: row.programId,
    name: row.name,
    status: row.status,
    state: row.state,
    progress: row.progress,
    projectName: row.projectName,
    contextBytes: row.contextBytes,
    contextLimitBytes: row.contextLimitBytes,
    ...(used === null ? {} : { contextUsedPercent: used }),
    contextFullAt: formatInstantOrNull(contextFullAt(row)),
    handoffRequired: row.handoffRequired,
    handoffAdvised: handoffAdvised(row),
    stale: isStale(row, now, settings.staleAfterMs),
    stuck: isStuck(row, now, settings.staleAfterMs, settings.stuckAfterMs),
    archived: row.archived,
    archiveReason: row.archiveReason,
    successor: row.successor,
    createdAt: formatInstant(row.createdAt),
    updatedAt: formatInstant(row.updatedAt),
    lastHeartbeat: formatInstant(row.lastHeartbeat),
    lastProgressAt: formatInstant(row.lastProgressAt),
    completedAt: formatInstantOrNull(row.completedAt),
    completeReason: row.completeReason,
    archivedAt: formatInstantOrNull(row.archivedAt),
  };
}

/** The session in an event, without values that depend on the time of reading. */
export const toSessionNews = (row: SessionRow): components['schemas']['SessionNews'] => ({
  name: row.name,
  status: row.status,
  state: row.state,
  progress: row.progress,
  projectName: row.projectName,
  contextBytes: row.contextBytes,
  contextLimitBytes: row.contextLimitBytes,
  handoffRequired: row.handoffRequired,
  archived: row.archived,
  archiveReason: row.archiveReason,
  successor: row.successor,
  updatedAt: formatInstant(row.updatedAt),
  lastHeartbeat: formatInstant(row.lastHeartbeat),
  lastProgressAt: formatInstant(row.lastProgressAt),
});

export const toChangeView = ({
  accountId: _a,
  sessionId: _s,
  at,
  ...change
}: SessionChangeRow): components['schemas']['SessionChange'] => ({
  ...change,
  at: formatInstant(at),
});
